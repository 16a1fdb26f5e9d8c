package io.lexiscope.bench.measure;

/// A task that could not be measured, or whose result was wrong.
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// A sentence that users read.
  public BenchException(String message) {
    super(message);
  }

  /// A sentence that users read, and what led to it.
  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
