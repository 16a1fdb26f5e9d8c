package io.lexiscope.model.config;

/// Whether numbers are squeezed into a range before they go on.
public sealed interface SoftCap {

  /// They are not.
  record None() implements SoftCap {}

  /// `cap · tanh(x / cap)` (Gemma 2).
  ///
  /// @param cap largest absolute value that comes out
  record Tanh(double cap) implements SoftCap {}
}
