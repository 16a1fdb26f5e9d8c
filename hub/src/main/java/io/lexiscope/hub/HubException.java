package io.lexiscope.hub;

import org.jspecify.annotations.Nullable;

/// A model that cannot be found or fetched; the message is one line for the person who asked.
public final class HubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HubProblem kind;
  private final @Nullable String field;

  /// A problem of a kind.
  ///
  /// @param kind what sort of problem it is
  /// @param message one line: what was expected, what was found, where, and what to do
  public HubException(HubProblem kind, String message) {
    this(kind, message, /* field= */ null, /* cause= */ null);
  }

  /// A problem of a kind with what it concerns and its cause.
  ///
  /// @param kind what sort of problem it is
  /// @param message one line: what was expected, what was found, where, and what to do
  /// @param field what it concerns, such as `id` or `revision`, or null
  /// @param cause what caused it, or null
  public HubException(
      HubProblem kind, String message, @Nullable String field, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.field = field;
  }

  static HubException invalid(String field, String message) {
    return new HubException(HubProblem.INVALID, message, field, /* cause= */ null);
  }

  /// What sort of problem it is.
  public HubProblem kind() {
    return kind;
  }

  /// What it concerns, such as `id` or `revision`, or null.
  public @Nullable String field() {
    return field;
  }
}
