package io.lexiscope.model.reading;

/// What the logits of a reading stand above.
public enum Baseline {
  /// The mean over the vocabulary, as softmax sees them: a word is read against the mean word.
  MEAN,
  /// Nothing: logits as the product gives them.
  NONE
}
