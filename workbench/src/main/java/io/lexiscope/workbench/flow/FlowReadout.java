package io.lexiscope.workbench.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a graph shows.
///
/// @param layers only these layers one by one, from 0, negatives from the end; all when absent
/// @param position of the prediction, from 0, negatives from the end; the last when absent
/// @param target the word explained, or `#` and a token id; the model's own prediction when absent
/// @param against a foil; the mean word when absent
/// @param nodes share of the influence that shown heads, MLPs and embeddings have together, 0.8
///   when absent
/// @param edges share of what goes into a head or MLP that its shown parts have, 0.98 when absent
/// @param maxHeads most heads of a layer, 12 when absent
/// @param maxNeurons most neurons of an MLP, 5 when absent
/// @param top how many words of each reading, 5 when absent
/// @param effects whether each shown head and MLP is switched off to see what that does
/// @param mode what is selected and how wide it is drawn; by influence when absent
/// @param way what is split over the heads of a layer; nothing when absent
public record FlowReadout(
    @Nullable List<Integer> layers,
    @Nullable Integer position,
    @Nullable String target,
    @Nullable String against,
    @Nullable Double nodes,
    @Nullable Double edges,
    @Nullable Integer maxHeads,
    @Nullable Integer maxNeurons,
    @Nullable Integer top,
    @Nullable Boolean effects,
    @Nullable FlowMode mode,
    @Nullable FlowWay way) {
  /// Copies the list.
  public FlowReadout {
    layers = layers == null ? null : List.copyOf(layers);
  }
}
