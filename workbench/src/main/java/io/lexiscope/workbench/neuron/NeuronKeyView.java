package io.lexiscope.workbench.neuron;

import io.lexiscope.model.reading.TokenReading;
import java.util.List;

/// A direction that a neuron listens for.
///
/// @param branch `input`, or `gate` and `up` of a gated MLP
/// @param norm length of the key after the norm's gain
/// @param bias what is added to the product
/// @param top the words whose embedding points along it most
/// @param bottom the words whose embedding points against it most
public record NeuronKeyView(
    String branch, double norm, double bias, List<TokenReading> top, List<TokenReading> bottom) {
  /// Copies the words.
  public NeuronKeyView {
    top = List.copyOf(top);
    bottom = List.copyOf(bottom);
  }
}
