package io.lexiscope.model.intervene;

import java.util.List;

/// At which positions an intervention applies.
public sealed interface Where {

  /// At every position, of the prompt and of what is generated.
  record Everywhere() implements Where {}

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
            "intervention: expected at least one position, got an empty list; leave positions out for all");
      }
    }
  }

  /// At this position and all after it.
  ///
  /// @param first from 0, or negative from the end of the prompt
  record From(int first) implements Where {}
}
