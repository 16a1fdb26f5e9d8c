package io.lexiscope.analysis.flow;

/// A graph that cannot be made.
public final class FlowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what was expected, what was found, and what to do
  public FlowException(String message) {
    super(message);
  }
}
