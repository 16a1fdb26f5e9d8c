package io.lexiscope.workbench.ask;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the model reads: a text, or exact token ids. Exactly one of the two is given.
///
/// @param text the text to tokenize
/// @param tokens exactly these token ids, nothing added
public record Prompt(@JsonAlias("prompt") @Nullable String text, @Nullable List<Integer> tokens) {
  /// Copies the ids.
  public Prompt {
    tokens = tokens == null ? null : List.copyOf(tokens);
  }

  /// A prompt given as text.
  public static Prompt text(String text) {
    return new Prompt(text, /* tokens= */ null);
  }

  /// A prompt given as token ids.
  public static Prompt tokens(List<Integer> tokens) {
    return new Prompt(/* text= */ null, tokens);
  }
}
