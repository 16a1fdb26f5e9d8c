package io.lexiscope.analysis.events;

import io.lexiscope.analysis.ffn.ScoreExtremes;
import java.util.List;

/// The groups of value vectors behind extreme scores, and what the scores are without them.
///
/// @param clusters how many clusters all value vectors were parted into
/// @param appearances extreme sub-updates in all
/// @param covered of them, those of the groups
/// @param vectors members of the groups
/// @param ofAll as a share of all value vectors, 0 to 1
/// @param prompts on which groups were switched off
/// @param groups most appearances first
/// @param layersWithout for each layer the scores for the word that led before it, of those of the
///   ten that are in no group
public record FunctionalGroupsView(
    int clusters,
    int appearances,
    int covered,
    int vectors,
    double ofAll,
    int prompts,
    List<FunctionalGroupView> groups,
    List<ScoreExtremes> layersWithout) {
  /// Copies the lists.
  public FunctionalGroupsView {
    groups = List.copyOf(groups);
    layersWithout = List.copyOf(layersWithout);
  }
}
