package io.lexiscope.model.chat;

/// A chat template that cannot be used, or that refuses the messages; the message is one line.
public final class ChatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what was expected, what was found, where, and what to do
  public ChatException(String message) {
    super(message);
  }
}
