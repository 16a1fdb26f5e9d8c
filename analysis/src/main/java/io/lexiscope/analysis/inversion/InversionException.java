package io.lexiscope.analysis.inversion;

/// A query, a space of inputs or a pattern that cannot be used.
public final class InversionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public InversionException(String message) {
    super(message);
  }
}
