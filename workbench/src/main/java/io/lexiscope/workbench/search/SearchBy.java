package io.lexiscope.workbench.search;

/// By which score vectors are ranked for a word.
public enum SearchBy {
  /// How far the word stands above the vector's mean over the vocabulary, in standard deviations of
  /// the vector's own scores.
  VECTOR,
  /// The product `e_w·v` as it is.
  RAW
}
