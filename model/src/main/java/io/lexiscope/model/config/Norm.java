package io.lexiscope.model.config;

/// How a vector is brought to unit size before it is read.
public sealed interface Norm {

  /// The number added under the root.
  double epsilon();

  /// `(x − mean) / √(variance + ε) · weight + bias`.
  ///
  /// @param epsilon added to the variance
  /// @see <a href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</a>
  record LayerNorm(double epsilon) implements Norm {}

  /// `x / √(mean(x²) + ε) · weight`, computed in float32; there is no bias.
  ///
  /// @param epsilon added to the mean square
  /// @param unitOffset whether the stored weight is the distance from 1, so that `1 + weight`
  ///   multiplies (Gemma)
  /// @see <a href="https://arxiv.org/abs/1910.07467">Zhang and Sennrich 2019</a>
  record RmsNorm(double epsilon, boolean unitOffset) implements Norm {}
}
