package io.lexiscope.workbench.search;

/// What the score of a hit is.
public enum SearchRanking {
  /// The raw product `e_w·v` with the word: no norm, no bias, no softmax; the mean of the words
  /// where there are several, suppressed ones with the opposite sign.
  SCORE,
  /// The cosine with the vector asked for.
  COSINE
}
