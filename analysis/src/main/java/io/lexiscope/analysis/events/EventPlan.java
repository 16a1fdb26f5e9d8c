package io.lexiscope.analysis.events;

import io.lexiscope.model.text.Sinks;
import org.jspecify.annotations.Nullable;

/// How events are looked for.
///
/// @param threshold size of score beyond which a value vector counts as extreme, logits; the paper
///   has 10 for GPT-2
/// @param clusters in how many clusters the groups of value vectors behind extreme scores are
///   sought, 0 for a tenth of the value vectors; null for no groups
/// @param sinks tells which prompts end in an attention sink, and are in no figure; null for those
///   by the norms of the prompts themselves
/// @param seed of the random sub-updates and neurons
public record EventPlan(
    double threshold, @Nullable Integer clusters, @Nullable Sinks sinks, long seed) {
  /// The paper's threshold, no groups, sinks by the prompts, seed 0.
  public static EventPlan standard() {
    return new EventPlan(
        /* threshold= */ 10, /* clusters= */ null, /* sinks= */ null, /* seed= */ 0);
  }
}
