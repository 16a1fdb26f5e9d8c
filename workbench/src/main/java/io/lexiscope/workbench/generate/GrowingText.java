package io.lexiscope.workbench.generate;

import io.lexiscope.model.generate.Generation;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.workbench.job.GeneratedToken;

/// A text that grows token by token. What a token adds is what the whole text grows by, once the
/// character it may have begun is complete; special tokens are written out.
public final class GrowingText {
  private static final String INCOMPLETE = "\uFFFD";

  private final Tokenizer tokenizer;
  private TokenIds ids;
  private String text;

  public GrowingText(Tokenizer tokenizer, TokenIds prompt) {
    this.tokenizer = tokenizer;
    this.ids = prompt;
    this.text = tokenizer.isPresent() ? tokenizer.decodeWithSpecial(prompt) : "";
  }

  /// How many tokens there are, those of the prompt included.
  int length() {
    return ids.size();
  }

  /// A step as a token with what it adds.
  public GeneratedToken token(Generation.Step step) {
    return new GeneratedToken(
        step.id(),
        add(step.id()),
        step.probability(),
        step.exitLayer(),
        tokenizer.specials().contains(step.id()) ? true : null);
  }

  /// What a token adds; its number in brackets where the model has no tokenizer.
  public String add(int id) {
    ids = ids.plus(id);
    if (!tokenizer.isPresent()) {
      return tokenizer.display(id);
    }
    var grown = tokenizer.decodeWithSpecial(ids);
    if (!grown.startsWith(text) || grown.endsWith(INCOMPLETE)) {
      return "";
    }
    var added = grown.substring(text.length());
    text = grown;
    return added;
  }
}
