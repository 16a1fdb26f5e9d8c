package io.lexiscope.model.hook;

/// A hook point that does not exist in a model, was not recorded, or got a value of another shape.
public final class HookException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public HookException(String message) {
    super(message);
  }
}
