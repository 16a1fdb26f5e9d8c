package io.lexiscope.train;

/// A training run that cannot start, go on or be written.
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what was expected, what was found, where, and what to do
  public TrainingException(String message) {
    super(message);
  }

  /// @param message what was expected, what was found, where, and what to do
  /// @param cause why
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
