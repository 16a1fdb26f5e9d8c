package io.lexiscope.analysis.detox;

/// A detoxification experiment that cannot be run as asked.
public final class DetoxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public DetoxException(String message) {
    super(message);
  }
}
