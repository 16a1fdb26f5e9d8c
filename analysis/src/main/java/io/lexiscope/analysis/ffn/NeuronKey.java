package io.lexiscope.analysis.ffn;

import io.lexiscope.model.reading.VectorReading;

/// A direction that a neuron listens for.
///
/// Its words are those whose embedding points along it, after the gain (and centring) of the norm
/// that the feed-forward part reads through: `W_E · (gain ∘ key)`. It says what the neuron would
/// answer to if the stream held nothing but a word; attention and earlier layers are left out.
///
/// @param branch which of a neuron's inputs
/// @param bias what is added before the non-linearity, or the product
/// @param reading its words
public record NeuronKey(Branch branch, double bias, VectorReading reading) {

  /// Which of a neuron's inputs.
  public enum Branch {
    /// The only one, of a plain MLP.
    INPUT,
    /// The one that goes through the non-linearity, of a gated MLP.
    GATE,
    /// The one that is multiplied with it.
    UP
  }
}
