package io.lexiscope.train.task;

/// The two sides of a split by content: what a model may learn from, and what it is measured on.
public enum Split {
  /// Seen in training.
  TRAIN,
  /// Never seen in training.
  VALIDATION
}
