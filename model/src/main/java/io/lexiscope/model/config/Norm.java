package io.lexiscope.model.config;

/// How a vector is brought to unit size before it is read.
public sealed interface Norm {

  /// The number added under the root.
  double epsilon();

  /// `(x − mean) / √(variance + ε) · weight + bias`.
  ///
  /// @param epsilon added to the variance
  /// @see <a href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</a>
  record LayerNorm(double epsilon) implements Norm {

    /// Checks the number.
    ///
    /// @throws ConfigException if it is negative or not finite
    public LayerNorm {
      requireEpsilon(epsilon);
    }
  }

  /// `x / √(mean(x²) + ε) · weight`, computed in float32; there is no bias.
  ///
  /// @param epsilon added to the mean square
  /// @param unitOffset whether the stored weight is the distance from 1, so that `1 + weight`
  ///   multiplies (Gemma)
  /// @see <a href="https://arxiv.org/abs/1910.07467">Zhang and Sennrich 2019</a>
  record RmsNorm(double epsilon, boolean unitOffset) implements Norm {

    /// Checks the number.
    ///
    /// @throws ConfigException if it is negative or not finite
    public RmsNorm {
      requireEpsilon(epsilon);
    }
  }

  private static void requireEpsilon(double epsilon) {
    if (!(epsilon >= 0) || !Float.isFinite((float) epsilon)) {
      throw new ConfigException(
          "architecture: expected the epsilon of a norm to be 0 or more, got " + epsilon);
    }
  }
}
