package io.lexiscope.analysis.inversion;

import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import java.util.HashMap;
import java.util.Map;

/// Texts of token ids, special tokens written out, and where each token begins. Confined to one
/// thread.
final class InputTexts {
  private final Tokenizer tokenizer;
  private final Map<Integer, String> displayed = new HashMap<>();

  InputTexts(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  String of(TokenIds ids) {
    StringBuilder text = new StringBuilder();
    ids.stream().forEach(id -> text.append(token(id)));
    return text.toString();
  }

  /// The character at which a token begins.
  int start(TokenIds ids, int position) {
    int start = 0;
    for (int i = 0; i < position; i++) {
      start += token(ids.get(i)).length();
    }
    return start;
  }

  private String token(int id) {
    return displayed.computeIfAbsent(id, tokenizer::display);
  }
}
