package io.lexiscope.analysis.lens;

/// A reading that a model or a run cannot give.
public final class LensException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public LensException(String message) {
    super(message);
  }
}
