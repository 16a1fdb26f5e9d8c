package io.lexiscope.cli;

/// Arguments that make no sense together; exit code 2.
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
