package io.lexiscope.model.intervene;

import io.lexiscope.model.place.Position;
import io.lexiscope.model.place.StepRange;
import java.util.List;

/// At which positions an intervention applies.
///
/// Positions count from 0 over prompt and continuation; negative ones from the end of the prompt,
/// −1 being its last. Every scope is a set of positions and so means the same with a cache of keys
/// and values as without.
public sealed interface Where {

  /// Whether a position is meant.
  ///
  /// @param position from 0
  /// @param promptLength positions of the prompt
  boolean covers(int position, int promptLength);

  /// Throws where a negative position lies before the start of the prompt.
  ///
  /// @param promptLength positions of the prompt
  /// @throws InterventionException if one does
  default void requireWithin(int promptLength) {}

  /// The positions that are named one by one, counted from 0; none where they are not.
  ///
  /// @param promptLength positions of the prompt
  default List<Integer> named(int promptLength) {
    return this instanceof At at
        ? at.positions().stream().map(position -> absolute(position, promptLength)).toList()
        : List.of();
  }

  /// Whether the positions meant depend on the length of the prompt.
  default boolean fromPromptEnd() {
    return switch (this) {
      case Everywhere _ -> false;
      case At at -> at.positions().stream().anyMatch(position -> position < 0);
      case From from -> from.first() < 0;
      case To to -> to.last() < 0;
      case Prompt _, Generated _, Steps _ -> true;
      case Any any -> any.parts().stream().anyMatch(Where::fromPromptEnd);
      case All all -> all.parts().stream().anyMatch(Where::fromPromptEnd);
    };
  }

  /// At every position, of the prompt and of what is generated.
  record Everywhere() implements Where {
    @Override
    public boolean covers(int position, int promptLength) {
      return true;
    }
  }

  /// At these positions, counted from 0 over prompt and continuation; negative ones from the end of
  /// the prompt.
  record At(List<Integer> positions) implements Where {
    /// Copies the list.
    ///
    /// @throws InterventionException if it is empty
    public At {
      positions = List.copyOf(positions);
      if (positions.isEmpty()) {
        throw new InterventionException(
            "intervention: expected at least one position, got an empty list; leave positions out"
                + " for all");
      }
    }

    @Override
    public boolean covers(int position, int promptLength) {
      return positions.contains(position)
          || (position < promptLength && positions.contains(position - promptLength));
    }

    @Override
    public void requireWithin(int promptLength) {
      positions.forEach(position -> require(position, promptLength));
    }
  }

  /// At this position and all after it.
  ///
  /// @param first from 0, or negative from the end of the prompt
  record From(int first) implements Where {
    @Override
    public boolean covers(int position, int promptLength) {
      return position >= absolute(first, promptLength);
    }

    @Override
    public void requireWithin(int promptLength) {
      require(first, promptLength);
    }
  }

  /// At this position and all before it.
  ///
  /// @param last from 0, or negative from the end of the prompt
  record To(int last) implements Where {
    @Override
    public boolean covers(int position, int promptLength) {
      return position <= absolute(last, promptLength);
    }

    @Override
    public void requireWithin(int promptLength) {
      require(last, promptLength);
    }
  }

  /// At the positions of the prompt.
  record Prompt() implements Where {
    @Override
    public boolean covers(int position, int promptLength) {
      return position < promptLength;
    }
  }

  /// At the positions of generated tokens. The first generated token is chosen at the last position
  /// of the prompt, which is not among them.
  record Generated() implements Where {
    @Override
    public boolean covers(int position, int promptLength) {
      return position >= promptLength;
    }
  }

  /// At the positions where the generated tokens of these numbers are chosen: step 0 at the last
  /// position of the prompt, step `s` at that of generated token `s − 1`.
  ///
  /// @param range which
  record Steps(StepRange range) implements Where {
    @Override
    public boolean covers(int position, int promptLength) {
      return range.holds(position - (promptLength - 1));
    }
  }

  /// Where one of these applies.
  record Any(List<Where> parts) implements Where {
    /// Copies the list.
    public Any {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean covers(int position, int promptLength) {
      return parts.stream().anyMatch(part -> part.covers(position, promptLength));
    }

    @Override
    public void requireWithin(int promptLength) {
      parts.forEach(part -> part.requireWithin(promptLength));
    }
  }

  /// Where all of these apply.
  record All(List<Where> parts) implements Where {
    /// Copies the list.
    public All {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean covers(int position, int promptLength) {
      return parts.stream().allMatch(part -> part.covers(position, promptLength));
    }

    @Override
    public void requireWithin(int promptLength) {
      parts.forEach(part -> part.requireWithin(promptLength));
    }
  }

  private static int absolute(int position, int promptLength) {
    return Position.from0(position, promptLength);
  }

  private static void require(int position, int promptLength) {
    if (position < -promptLength) {
      throw new InterventionException(
          "intervention: expected a position of %d or later in a prompt of %d tokens, got %d"
              .formatted(-promptLength, promptLength, position));
    }
  }
}
