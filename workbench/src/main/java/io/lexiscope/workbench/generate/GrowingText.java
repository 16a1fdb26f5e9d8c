package io.lexiscope.workbench.generate;

import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;

/// A text that grows token by token. What a token adds is what the whole text grows by, once the
/// character it may have begun is complete.
public final class GrowingText {
  private static final String INCOMPLETE = "\uFFFD";

  private final Tokenizer tokenizer;
  private TokenIds ids;
  private String text;

  public GrowingText(Tokenizer tokenizer, TokenIds prompt) {
    this.tokenizer = tokenizer;
    this.ids = prompt;
    this.text = tokenizer.isPresent() ? tokenizer.decode(prompt) : "";
  }

  /// How many tokens there are, those of the prompt included.
  int length() {
    return ids.size();
  }

  /// What a token adds; its number in brackets where the model has no tokenizer.
  public String add(int id) {
    ids = ids.plus(id);
    if (!tokenizer.isPresent()) {
      return tokenizer.display(id);
    }
    var grown = tokenizer.decode(ids);
    if (!grown.startsWith(text) || grown.endsWith(INCOMPLETE)) {
      return "";
    }
    var added = grown.substring(text.length());
    text = grown;
    return added;
  }
}
