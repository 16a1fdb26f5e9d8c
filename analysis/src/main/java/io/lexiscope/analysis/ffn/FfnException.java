package io.lexiscope.analysis.ffn;

/// A reading of a feed-forward part that a model or a run cannot give.
public final class FfnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public FfnException(String message) {
    super(message);
  }
}
