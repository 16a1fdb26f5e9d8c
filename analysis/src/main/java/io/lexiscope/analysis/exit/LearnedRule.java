package io.lexiscope.analysis.exit;

import io.lexiscope.model.generate.ExitRule;

/// A rule that can be tried on traces as well as in generation.
public sealed interface LearnedRule extends ExitRule
    permits SubUpdateRule, ConfidenceRule, ProbeRule {
  /// Whether it leaves after a layer, by what was seen there.
  boolean leaves(int layer, ExitTraces.Sight sight);
}
