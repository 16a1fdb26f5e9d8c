package io.lexiscope.model.forward;

/// Input that a forward pass cannot take: ids out of range, nothing, or more positions than the
/// context.
public final class ForwardException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public ForwardException(String message) {
    super(message);
  }
}
