package io.lexiscope.analysis.ffn;

import io.lexiscope.model.place.NeuronName;
import java.util.Locale;

/// What one neuron adds to the residual stream at one position: its coefficient times its value
/// vector.
///
/// @param neuron which neuron
/// @param coefficient m, the neuron's value after the non-linearity (gated: after the product)
/// @param norm ‖v‖, the Euclidean length of the value vector as it reaches the stream
/// @param share |m|‖v‖ as a share of the sum over the layer's neurons, 0 to 1
/// @param score what it adds to the word's logit, or to the difference of two
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §3 and App. A.3</a>
public record SubUpdate(
    NeuronName neuron, double coefficient, double norm, double share, double score) {

  /// |m|‖v‖, the length of what is added.
  public double dominance() {
    return Math.abs(coefficient) * norm;
  }

  /// Whether a negative coefficient turns the value vector round: what the vector promotes is then
  /// suppressed.
  public boolean reversed() {
    return coefficient < 0;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %+.3f", neuron, score);
  }
}
