package io.lexiscope.analysis.tracing;

/// Prompts or values that cannot be traced, or a value that cannot be moved.
public final class TracingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public TracingException(String message) {
    super(message);
  }
}
