package io.lexiscope.analysis.detox;

import io.lexiscope.model.tokenizer.TokenView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chosen value vector.
///
/// @param neuron its name, such as L3N12
/// @param layer from 0
/// @param index from 0
/// @param score why it was chosen: the estimated change of the expected number of lexicon tokens a
///   continuation, or the mean vector score of the words; absent when it was named
/// @param setTo the number that its coefficient is set to
/// @param top the words it promotes most, against the mean word
/// @param bottom the words it suppresses most
public record DetoxVector(
    String neuron,
    int layer,
    int index,
    @Nullable Double score,
    double setTo,
    List<TokenView> top,
    List<TokenView> bottom) {
  /// Copies the lists.
  public DetoxVector {
    top = List.copyOf(top);
    bottom = List.copyOf(bottom);
  }
}
