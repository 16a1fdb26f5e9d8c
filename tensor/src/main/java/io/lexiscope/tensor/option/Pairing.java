package io.lexiscope.tensor.option;

/// Which two numbers of a head a rotary turn turns together.
public enum Pairing {
  /// Number i and number i + half.
  HALVES,
  /// Numbers 2i and 2i + 1.
  NEIGHBOURS
}
