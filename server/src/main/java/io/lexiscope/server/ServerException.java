package io.lexiscope.server;

import org.jspecify.annotations.Nullable;

/// The server cannot start; the message is one line for the person who started it.
public final class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Why it cannot start.
  ///
  /// @param message one line: what was expected, what was found, what to do
  /// @param cause what caused it, or null
  public ServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
