package io.lexiscope.train.task;

/// Which tokens of an example count in the loss.
public enum LossOn {
  /// Every token but the first.
  EVERY_TOKEN,
  /// Only the answer (with its end token, where the answer is longer than one token).
  ANSWER
}
