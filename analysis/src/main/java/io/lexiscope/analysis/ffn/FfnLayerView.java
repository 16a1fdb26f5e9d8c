package io.lexiscope.analysis.ffn;

import io.lexiscope.model.tokenizer.TokenView;
import java.util.List;

/// What the feed-forward part of one layer did at one position.
///
/// @param layer from 0
/// @param position from 0
/// @param target the word that is scored
/// @param before the residual stream that the output is added to
/// @param subUpdates the listed neurons, first the one that counts most
/// @param after the residual stream afterwards
/// @param balance the account in logits of the word
/// @param neurons how many neurons the layer has
/// @param listedShare share of the listed ones in the sum of all dominances, 0 to 1
/// @param biasNorm length of what is added whatever the neurons do
/// @param residualError largest difference in any dimension between what the layer added and the
///   sum of all its sub-updates and biases
public record FfnLayerView(
    int layer,
    int position,
    TokenView target,
    FfnStateView before,
    List<SubUpdateView> subUpdates,
    FfnStateView after,
    FfnBalanceView balance,
    int neurons,
    double listedShare,
    double biasNorm,
    double residualError) {
  /// Copies the sub-updates.
  public FfnLayerView {
    subUpdates = List.copyOf(subUpdates);
  }
}
