package io.lexiscope.analysis.diff;

/// Two models cannot be set against each other.
public final class DifferenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DifferenceException(String message) {
    super(message);
  }
}
