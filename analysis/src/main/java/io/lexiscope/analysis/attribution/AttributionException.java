package io.lexiscope.analysis.attribution;

/// An attribution that a model or a run cannot give.
public final class AttributionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public AttributionException(String message) {
    super(message);
  }
}
