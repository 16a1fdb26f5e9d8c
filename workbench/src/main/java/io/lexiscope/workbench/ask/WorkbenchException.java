package io.lexiscope.workbench.ask;

import org.jspecify.annotations.Nullable;

/// A request that cannot be answered; the message is one line for the person who sent it.
public final class WorkbenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemKind kind;
  private final @Nullable String field;
  private final boolean misuse;

  /// A problem of a kind.
  ///
  /// @param kind what sort of problem it is
  /// @param message one line: what was expected, what was found, where, and what to do
  public WorkbenchException(ProblemKind kind, String message) {
    this(kind, message, /* field= */ null, /* cause= */ null);
  }

  /// A problem of a kind with the request field it concerns and its cause.
  ///
  /// @param kind what sort of problem it is
  /// @param message one line: what was expected, what was found, where, and what to do
  /// @param field the request field concerned, or null
  /// @param cause what caused it, or null
  public WorkbenchException(
      ProblemKind kind, String message, @Nullable String field, @Nullable Throwable cause) {
    this(kind, message, field, cause, /* misuse= */ false);
  }

  private WorkbenchException(
      ProblemKind kind,
      String message,
      @Nullable String field,
      @Nullable Throwable cause,
      boolean misuse) {
    super(message, cause);
    this.kind = kind;
    this.field = field;
    this.misuse = misuse;
  }

  /// The exception that a problem describes.
  ///
  /// @param cause what caused it, or null
  public WorkbenchException(Problem problem, @Nullable Throwable cause) {
    this(problem.kind(), problem.detail(), problem.field(), cause);
  }

  /// A request that is well formed and cannot be answered.
  public static WorkbenchException invalid(String field, String message) {
    return new WorkbenchException(ProblemKind.INVALID, message, field, /* cause= */ null);
  }

  /// A request that no model could answer: a number out of its range, options that exclude each
  /// other. The command line answers it as it does a slip in its own options.
  public static WorkbenchException misuse(String field, String message) {
    return new WorkbenchException(
        ProblemKind.INVALID, message, field, /* cause= */ null, /* misuse= */ true);
  }

  /// Whether it would be one for every model.
  public boolean misuse() {
    return misuse;
  }

  /// What sort of problem it is.
  public ProblemKind kind() {
    return kind;
  }

  /// The request field concerned, or null.
  public @Nullable String field() {
    return field;
  }

  /// The problem as data.
  public Problem problem() {
    return Problem.of(kind, String.valueOf(getMessage()), field);
  }
}
