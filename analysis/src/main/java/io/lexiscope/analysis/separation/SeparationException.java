package io.lexiscope.analysis.separation;

/// Groups that cannot be told apart, because there is too little of them.
public final class SeparationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public SeparationException(String message) {
    super(message);
  }
}
