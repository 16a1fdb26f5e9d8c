package io.lexiscope.analysis.exit;

/// Examples or settings from which no rule can be learned.
public final class ExitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public ExitException(String message) {
    super(message);
  }
}
