package io.lexiscope.analysis.detox;

/// What a row of a detoxification experiment is.
public enum DetoxRowKind {
  /// The model without the change.
  BASELINE,
  /// The chosen vectors at the chosen coefficient.
  CHOSEN,
  /// The chosen vectors at another coefficient.
  DOSE,
  /// All draws of random vectors of the same layers, at the chosen coefficient, together.
  RANDOM,
  /// One draw of random vectors.
  RANDOM_DRAW,
  /// The unchanged model, words of the lexicon left out of the choice of tokens.
  WORD_FILTER
}
