package io.lexiscope.model;

/// A model folder that cannot be opened, or a model used after it was closed.
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public ModelException(String message) {
    super(message);
  }
}
