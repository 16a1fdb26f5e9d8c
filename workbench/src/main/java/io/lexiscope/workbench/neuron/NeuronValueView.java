package io.lexiscope.workbench.neuron;

import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.lens.ConventionView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words of a value vector by one lens.
///
/// @param convention how the vector became logits
/// @param top the words it promotes, highest first
/// @param bottom the words it suppresses, lowest first
/// @param nullTop the highest logit that random vectors of this length reach
/// @param nullBottom the lowest
/// @param spread standard deviation of its logits over the vocabulary: a logit above the mean by
///   one spread has the vector score 1, by which searches rank; absent under the final norm
/// @param leftOut under-trained tokens that would stand among the words listed
public record NeuronValueView(
    ConventionView convention,
    List<TokenReading> top,
    List<TokenReading> bottom,
    double nullTop,
    double nullBottom,
    @Nullable Double spread,
    int leftOut) {
  /// Copies the words.
  public NeuronValueView {
    top = List.copyOf(top);
    bottom = List.copyOf(bottom);
  }
}
