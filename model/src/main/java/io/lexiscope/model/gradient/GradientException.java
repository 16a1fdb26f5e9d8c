package io.lexiscope.model.gradient;

/// A gradient that cannot be taken: a place that does not exist, or a loss that does not fit the
/// prompt.
public final class GradientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public GradientException(String message) {
    super(message);
  }
}
