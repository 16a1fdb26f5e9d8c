package io.lexiscope.analysis.exit;

import io.lexiscope.base.Estimate;
import java.util.List;

/// What one rule for early exit gives on test examples.
///
/// @param name of the rule; `never` runs the whole network, `oracle` leaves exactly at saturation
/// @param accuracy share of predictions that are the whole network's, over all splits, with its 95
///   % interval
/// @param accuracyStd standard deviation between splits
/// @param savedLayers layers saved on average over all test examples
/// @param savedLayersStd standard deviation between splits
/// @param savedShare the same as a share of all layers
/// @param savedLayersOfRight layers saved on average over the examples that agree, as the paper
///   counts
/// @param leftAt examples that left after each layer; the last are those that did not leave
public record ExitRow(
    String name,
    Estimate accuracy,
    double accuracyStd,
    double savedLayers,
    double savedLayersStd,
    double savedShare,
    double savedLayersOfRight,
    List<Integer> leftAt) {
  /// Copies the list.
  public ExitRow {
    leftAt = List.copyOf(leftAt);
  }
}
