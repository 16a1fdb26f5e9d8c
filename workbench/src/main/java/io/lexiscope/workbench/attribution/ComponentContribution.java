package io.lexiscope.workbench.attribution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one component adds to a logit, or to the difference of two.
///
/// @param kind what it is
/// @param label its short name, such as `L3H4`
/// @param at hook point that holds its output; absent for biases and `others`
/// @param layer its layer; absent outside the blocks
/// @param head its head; absent when it is not a head
/// @param neuron its neuron; absent when it is not a neuron
/// @param logits what it adds, logits
/// @param components how many components it stands for
/// @param ofTarget of a difference: what it adds to the target's logit above the mean over the
///   vocabulary; absent without a second word
/// @param ofAgainst of a difference: what it adds to the second word's; `logits` is the one less
///   the other
/// @param byLayer of `others`: what they add layer by layer, the layers of none under −1; absent
///   elsewhere
public record ComponentContribution(
    ComponentKind kind,
    String label,
    @Nullable String at,
    @Nullable Integer layer,
    @Nullable Integer head,
    @Nullable Integer neuron,
    double logits,
    int components,
    @Nullable Double ofTarget,
    @Nullable Double ofAgainst,
    @Nullable List<LayerShare> byLayer) {
  /// Copies the list.
  public ComponentContribution {
    byLayer = byLayer == null ? null : List.copyOf(byLayer);
  }
}
