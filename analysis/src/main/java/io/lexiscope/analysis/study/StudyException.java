package io.lexiscope.analysis.study;

/// A study that there is not, or that cannot be made.
public final class StudyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public StudyException(String message) {
    super(message);
  }
}
