package io.lexiscope.workbench.neuron;

import io.lexiscope.analysis.lens.TokenReading;
import io.lexiscope.workbench.lens.ConventionView;
import java.util.List;

/// The words of a value vector by one lens.
///
/// @param convention how the vector became logits
/// @param top the words it promotes, highest first
/// @param bottom the words it suppresses, lowest first
/// @param nullTop the highest logit that random vectors of this length reach
/// @param nullBottom the lowest
public record NeuronValueView(
    ConventionView convention,
    List<TokenReading> top,
    List<TokenReading> bottom,
    double nullTop,
    double nullBottom) {
  /// Copies the words.
  public NeuronValueView {
    top = List.copyOf(top);
    bottom = List.copyOf(bottom);
  }
}
