package io.lexiscope.model.intervene;

import java.util.Map;
import java.util.OptionalInt;

/// Which position of another run a position of this one stands for.
public sealed interface PositionMap {

  /// The position of the other run; empty where there is none.
  ///
  /// @param position of this run, from 0
  OptionalInt of(int position);

  /// Every position for its like.
  static PositionMap same() {
    return new Same();
  }

  /// Every position for its like: prompts of one length.
  record Same() implements PositionMap {
    @Override
    public OptionalInt of(int position) {
      return OptionalInt.of(position);
    }
  }

  /// Some positions: prompts aligned by what their tokens share.
  ///
  /// @param sources position of the other run by position of this one, both from 0
  record Aligned(Map<Integer, Integer> sources) implements PositionMap {
    /// Copies the map.
    ///
    /// @throws InterventionException if a position is negative
    public Aligned {
      sources = Map.copyOf(sources);
      sources.forEach(
          (here, there) -> {
            if (here < 0 || there < 0) {
              throw new InterventionException(
                  "alignment: expected positions from 0, got %d for %d".formatted(there, here));
            }
          });
    }

    @Override
    public OptionalInt of(int position) {
      Integer source = sources.get(position);
      return source == null ? OptionalInt.empty() : OptionalInt.of(source);
    }
  }
}
