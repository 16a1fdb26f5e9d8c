package io.lexiscope.cli.terminal;

/// Arguments that make no sense together; exit code 2.
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
