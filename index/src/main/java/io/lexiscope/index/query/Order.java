package io.lexiscope.index.query;

/// Which scores come first.
public enum Order {
  /// Largest first: what promotes most; smallest first where every word is to be suppressed.
  AS_ASKED,
  /// Largest first.
  PROMOTING,
  /// Smallest first.
  SUPPRESSING,
  /// Largest absolute value first.
  EITHER
}
