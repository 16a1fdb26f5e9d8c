package io.lexiscope.analysis.ffn;

import io.lexiscope.model.reading.TokenReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one neuron added.
///
/// @param neuron its number in the layer, from 0
/// @param name layer and number, such as `L3N812`, both from 0
/// @param coefficient its value after the non-linearity (gated: after the product)
/// @param norm length of its value vector as it reaches the residual stream
/// @param dominance |coefficient| × norm
/// @param share its part of the layer's sum of dominances, 0 to 1
/// @param score what it adds to the word's logit, less what it adds to the other word's
/// @param reversed whether the coefficient is negative, so that `bottom` is promoted and `top`
///   suppressed
/// @param top the words that the value vector promotes, highest first; logits for a coefficient of
///   1
/// @param bottom the words that it suppresses, lowest first; logits for a coefficient of 1
/// @param nullTop the highest logit that random vectors of this length reach; words above it are no
///   chance; absent without a null band
/// @param nullBottom the lowest logit that random vectors of this length reach; absent without a
///   null band
public record SubUpdateView(
    int neuron,
    String name,
    double coefficient,
    double norm,
    double dominance,
    double share,
    double score,
    boolean reversed,
    List<TokenReading> top,
    List<TokenReading> bottom,
    @Nullable Double nullTop,
    @Nullable Double nullBottom) {
  /// Copies the words.
  public SubUpdateView {
    top = List.copyOf(top);
    bottom = List.copyOf(bottom);
  }
}
