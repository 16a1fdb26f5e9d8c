package io.lexiscope.analysis.exit;

import org.jspecify.annotations.Nullable;

/// How rules for early exit are learned and tested.
///
/// @param clusters of value vectors
/// @param splits how many times it is learned and tested, on test examples that share none
/// @param agreement share of predictions that must be the whole network's where thresholds are
///   tuned
/// @param rule name of the rule that is put to use; null for the one that saves most where
///   thresholds are tuned
/// @param seed of everything random
public record ExitPlan(
    int clusters, int splits, double agreement, @Nullable String rule, long seed) {
  /// 200 clusters, five splits, an agreement of 0.97, the rule that saves most.
  public static ExitPlan standard() {
    return new ExitPlan(
        /* clusters= */ 200,
        /* splits= */ 5,
        /* agreement= */ 0.97,
        /* rule= */ null,
        /* seed= */ 0);
  }
}
