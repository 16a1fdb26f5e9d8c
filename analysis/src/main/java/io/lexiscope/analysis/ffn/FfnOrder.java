package io.lexiscope.analysis.ffn;

/// Which sub-updates of a layer are listed.
public enum FfnOrder {
  /// Those that add most to the residual stream: largest coefficient × length of the value vector.
  DOMINANCE,
  /// Those that push the word most, up or down.
  SCORE
}
