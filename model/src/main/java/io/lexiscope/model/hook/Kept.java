package io.lexiscope.model.hook;

import io.lexiscope.model.place.Position;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Of how much of a place a recording keeps.
sealed interface Kept {

  /// What either keeps.
  default Kept and(Kept other) {
    return switch (this) {
      case Nowhere _ -> other;
      case Everywhere _ -> this;
      case At at ->
          switch (other) {
            case Nowhere _ -> this;
            case Everywhere _ -> other;
            case At more -> {
              SortedSet<Integer> both = new TreeSet<>(at.positions());
              both.addAll(more.positions());
              yield At.of(both);
            }
          };
    };
  }

  /// Whether this keeps all that another keeps, as far as can be told without a length.
  default boolean covers(Kept other) {
    return switch (this) {
      case Everywhere _ -> true;
      case Nowhere _ -> other instanceof Nowhere;
      case At at ->
          switch (other) {
            case Nowhere _ -> true;
            case Everywhere _ -> false;
            case At fewer -> at.positions().containsAll(fewer.positions());
          };
    };
  }

  /// Of how many positions at most, in a sequence of this length.
  default int most(int length) {
    return switch (this) {
      case Nowhere _ -> 0;
      case Everywhere _ -> length;
      case At at -> Math.min(length, at.positions().size());
    };
  }

  /// Nothing.
  record Nowhere() implements Kept {}

  /// All positions.
  record Everywhere() implements Kept {}

  /// Some positions.
  ///
  /// @param positions from 0, negative ones from the end of each row; in rising order
  record At(List<Integer> positions) implements Kept {

    static At of(Collection<Integer> positions) {
      if (positions.isEmpty()) {
        throw new HookException(
            "recording: expected at least one position, got none; leave at() out for all");
      }
      return new At(List.copyOf(new TreeSet<>(positions)));
    }

    /// The positions of a row that a pass runs, in rising order, each once.
    List<Integer> of(PassExtent extent, int row) {
      int end = extent.past() + extent.lengths().get(row);
      return positions.stream()
          .map(position -> Position.from0(position, end))
          .filter(position -> position >= extent.past() && position < end)
          .sorted()
          .distinct()
          .toList();
    }

    /// @throws HookException if a row of this length lacks a position
    void requireWithin(int length) {
      for (int position : positions) {
        if (position < -length || position >= length) {
          throw new HookException(
              "recording: expected positions from %d to %d in a prompt of %d tokens, got %d"
                  .formatted(-length, length - 1, length, position));
        }
      }
    }
  }
}
