package io.lexiscope.analysis.cluster;

/// A clustering that cannot be made.
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public ClusterException(String message) {
    super(message);
  }
}
