package io.lexiscope.analysis.attention;

/// A head, position or pattern that cannot be read.
public final class AttentionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what was expected, what was found, and what to do
  public AttentionException(String message) {
    super(message);
  }
}
