package io.lexiscope.model.config;

/// A configuration that cannot be understood, or that says something we do not compute.
///
/// The message is one line: what was expected, what was found, where, and what to do.
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public ConfigException(String message) {
    super(message);
  }

  /// Makes an exception with a cause.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  /// @param cause what went wrong below
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
