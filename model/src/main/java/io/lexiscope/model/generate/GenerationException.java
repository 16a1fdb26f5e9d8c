package io.lexiscope.model.generate;

/// A way of decoding that makes no sense.
public final class GenerationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public GenerationException(String message) {
    super(message);
  }
}
