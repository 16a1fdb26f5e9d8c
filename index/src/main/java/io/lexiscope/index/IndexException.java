package io.lexiscope.index;

import org.jspecify.annotations.Nullable;

/// An index that cannot be built, opened or asked.
public final class IndexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public IndexException(String message) {
    this(message, /* cause= */ null);
  }

  /// Makes an exception with its cause.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  /// @param cause what caused it, or null
  public IndexException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
