package io.lexiscope.model.site;

/// What of a model's numbers counts as the activation at a place.
public enum ActivationConvention {
  /// As the model computes them; of a head, what it adds through W_O, with its value bias.
  RAW,

  /// As TransformerLens gives them after its standard processing of weights, which published
  /// inversions use: the mean over d_model taken off, and of heads the part of the value that comes
  /// from biases (`b_V` and that of the norm before) left out.
  ///
  /// @see <a href="https://arxiv.org/abs/2405.17653">Huang et al. 2024</a>
  PUBLISHED
}
