package io.lexiscope.model.config;

/// A non-linearity, applied to every neuron.
public enum Activation {
  /// x · Φ(x), by the error function.
  GELU_ERF,
  /// The tanh approximation of GELU; HF's `gelu_new`, `gelu_fast` and `gelu_pytorch_tanh`.
  GELU_TANH,
  /// x · σ(1.702 x).
  QUICK_GELU,
  /// x · σ(x), also called swish.
  SILU,
  /// max(x, 0).
  RELU,
  /// max(x, 0)².
  RELU_SQUARED,
  /// tanh(x).
  TANH
}
