package io.lexiscope.analysis.exit;

/// How many of the dominant sub-updates of two examples agree.
public enum Overlap {
  /// The number of clusters that both have, at whatever rank; a cluster counts once. The reading of
  /// the paper's text.
  SET,
  /// The number of ranks at which both have the same cluster. The reading of the authors' code.
  RANK
}
