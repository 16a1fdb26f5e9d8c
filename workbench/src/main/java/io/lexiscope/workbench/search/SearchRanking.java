package io.lexiscope.workbench.search;

/// What the score of a hit is.
public enum SearchRanking {
  /// The vector score: how far the word stands above the vector's mean over the vocabulary, in
  /// standard deviations of the vector's own scores; the mean of the words where there are several,
  /// suppressed ones with the opposite sign.
  VECTOR,
  /// The raw product `e_w·v` with the word: no norm, no gain, no mean taken off.
  RAW,
  /// The cosine with the vector asked for.
  COSINE
}
