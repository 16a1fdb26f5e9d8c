package io.lexiscope.analysis.ffn;

import io.lexiscope.model.reading.TargetReading;
import io.lexiscope.model.reading.TokenReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A residual stream read in words.
///
/// @param norm Euclidean length
/// @param entropy of the distribution over the vocabulary, bits
/// @param top the highest words, highest first
/// @param otherMass probability of all words not in `top`
/// @param target the word that is scored
/// @param against the word it is compared with; absent when there is none
public record FfnStateView(
    double norm,
    double entropy,
    List<TokenReading> top,
    double otherMass,
    TargetReading target,
    @Nullable TargetReading against) {
  /// Copies the words.
  public FfnStateView {
    top = List.copyOf(top);
  }
}
