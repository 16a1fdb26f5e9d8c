package io.lexiscope.model.chat;

/// What somebody says in a chat.
///
/// @param role who, as templates know them: `system`, `user`, `assistant`
/// @param content what
public record ChatMessage(String role, String content) {
  /// What the user says.
  public static ChatMessage user(String content) {
    return new ChatMessage("user", content);
  }

  /// What the model is told to be.
  public static ChatMessage system(String content) {
    return new ChatMessage("system", content);
  }

  /// What the model has said.
  public static ChatMessage assistant(String content) {
    return new ChatMessage("assistant", content);
  }
}
