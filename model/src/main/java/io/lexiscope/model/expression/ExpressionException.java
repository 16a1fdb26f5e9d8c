package io.lexiscope.model.expression;

/// An expression that nobody can promise to end; the message says in a few words what is in it.
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what was found, to stand behind "got an expression with"
  public ExpressionException(String message) {
    super(message);
  }
}
