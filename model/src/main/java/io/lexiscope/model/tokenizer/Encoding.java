package io.lexiscope.model.tokenizer;

import java.util.List;

/// A text and the tokens it becomes.
///
/// @param text what was encoded; the offsets of the tokens index its UTF-16 code units
/// @param tokens in order
public record Encoding(String text, List<Token> tokens) {
  /// Copies the list.
  public Encoding {
    tokens = List.copyOf(tokens);
  }

  /// How many tokens there are.
  public int size() {
    return tokens.size();
  }

  /// The ids alone.
  public TokenIds ids() {
    return TokenIds.of(tokens.stream().mapToInt(Token::id).toArray());
  }
}
