package io.lexiscope.train.task;

/// One training example, without padding.
public sealed interface Example permits SequenceExample, RegressionExample {
  /// Returns the example as text.
  String text();

  /// Returns the example as tokens, without padding.
  TokenRow tokens();
}
