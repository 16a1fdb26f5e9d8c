package io.lexiscope.tensor.option;

/// A non-linearity that the kernels know.
public enum NonLinearity {
  /// `x · σ(2·√(2/π)·(x + 0.044715·x³))`, the tanh approximation of GELU written with the logistic
  /// function.
  GELU_TANH,
  /// `x · σ(1.702·x)`.
  QUICK_GELU,
  /// `x · σ(x)`.
  SILU,
  /// `max(x, 0)`; NaN stays NaN.
  RELU
}
