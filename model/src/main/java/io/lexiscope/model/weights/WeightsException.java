package io.lexiscope.model.weights;

/// Weight files that are damaged, incomplete, or do not fit the network they are meant for.
///
/// The message is one line: what was expected, what was found, where, and what to do.
public final class WeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public WeightsException(String message) {
    super(message);
  }

  /// Makes an exception with a cause.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  /// @param cause what went wrong below
  public WeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
