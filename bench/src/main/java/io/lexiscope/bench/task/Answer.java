package io.lexiscope.bench.task;

import java.util.List;

/// Numbers of a result, few enough to be written down.
///
/// @param values to be equal up to rounding
/// @param ids to be equal, but for near ties
public record Answer(List<Double> values, List<Integer> ids) {
  /// Copies the lists.
  public Answer {
    values = List.copyOf(values);
    ids = List.copyOf(ids);
  }

  /// Nothing to compare.
  public static Answer none() {
    return new Answer(List.of(), List.of());
  }
}
