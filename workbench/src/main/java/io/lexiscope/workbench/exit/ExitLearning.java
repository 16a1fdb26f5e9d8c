package io.lexiscope.workbench.exit;

import org.jspecify.annotations.Nullable;

/// How rules for early exit are learned and tested.
///
/// @param examples how many examples are learned from, 2000 when absent
/// @param tests how many held-out examples of the model's own task are tested on, 1000 when absent;
///   of given texts a tenth is tested on each time
/// @param clusters of value vectors, 200 when absent
/// @param splits how many times it is learned and tested, on test examples that share none; 5 when
///   absent
/// @param agreement share of predictions that must be the whole network's where thresholds are
///   tuned, 0.97 when absent
/// @param rule the rule that is put to use: `sub-updates`, `sub-updates-rank`, `confidence`,
///   `confidence-layers` or `probe`; when absent the one that saves most where thresholds are tuned
/// @param seed of everything random, 0 when absent
public record ExitLearning(
    @Nullable Integer examples,
    @Nullable Integer tests,
    @Nullable Integer clusters,
    @Nullable Integer splits,
    @Nullable Double agreement,
    @Nullable String rule,
    @Nullable Long seed) {
  /// Everything by default.
  public static ExitLearning standard() {
    return new ExitLearning(null, null, null, null, null, null, null);
  }
}
