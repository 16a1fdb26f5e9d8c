package io.lexiscope.model.tokenizer;

/// A tokenizer file that cannot be used, or a text or id that the tokenizer cannot resolve; the
/// message is one line.
public final class TokenizerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what was expected, what was found, where, and what to do
  public TokenizerException(String message) {
    super(message);
  }

  /// @param message what was expected, what was found, where, and what to do
  /// @param cause the error underneath
  public TokenizerException(String message, Throwable cause) {
    super(message, cause);
  }
}
