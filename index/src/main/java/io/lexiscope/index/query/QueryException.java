package io.lexiscope.index.query;

/// A query that cannot be understood or answered.
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public QueryException(String message) {
    super(message);
  }
}
