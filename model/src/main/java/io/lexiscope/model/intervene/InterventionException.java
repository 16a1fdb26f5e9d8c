package io.lexiscope.model.intervene;

/// An intervention that cannot be read or does not fit the model.
public final class InterventionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public InterventionException(String message) {
    super(message);
  }

  /// Makes an exception with a cause.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  /// @param cause what went wrong below
  public InterventionException(String message, Throwable cause) {
    super(message, cause);
  }
}
