package io.lexiscope.analysis.edit;

/// What stands for the key of a forward shift.
public enum ShiftKey {
  /// What enters at the last token, as published.
  PLAIN,
  /// That less the average text's: what is this prompt's own.
  CENTRED,
  /// That, divided by the covariance of the text's.
  WHITENED
}
