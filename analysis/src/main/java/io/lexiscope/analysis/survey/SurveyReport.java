package io.lexiscope.analysis.survey;

import java.util.List;

/// What a survey found.
///
/// @param prompts how many were read
/// @param overlap by depth
/// @param norms by depth; empty in families that do not norm what a block reads
/// @param active by layer, most often active first
/// @param neuronsByChance always active neurons to expect of as many that are active by chance
public record SurveyReport(
    int prompts,
    List<OverlapLayer> overlap,
    List<NormFilter> norms,
    List<ActiveNeuron> active,
    double neuronsByChance) {
  /// Copies the lists.
  public SurveyReport {
    overlap = List.copyOf(overlap);
    norms = List.copyOf(norms);
    active = List.copyOf(active);
  }
}
