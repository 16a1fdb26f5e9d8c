package io.lexiscope.workbench.ask;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the model reads: a text, or exact token ids. Exactly one of the two is given.
///
/// @param text the text to tokenize
/// @param tokens exactly these token ids, nothing added
/// @param chat whether the text is what a user says, to be wrapped in the model's chat template
/// @param system what the model is told to be before, in a chat
public record Prompt(
    @JsonAlias("prompt") @Nullable String text,
    @Nullable List<Integer> tokens,
    @Nullable Boolean chat,
    @Nullable String system) {
  /// Copies the ids.
  public Prompt {
    tokens = tokens == null ? null : List.copyOf(tokens);
  }

  /// A prompt given as text.
  public static Prompt text(String text) {
    return new Prompt(text, /* tokens= */ null, /* chat= */ null, /* system= */ null);
  }

  /// A prompt given as token ids.
  public static Prompt tokens(List<Integer> tokens) {
    return new Prompt(/* text= */ null, tokens, /* chat= */ null, /* system= */ null);
  }

  /// The same prompt, wrapped in the model's chat template.
  ///
  /// @param told what the model is told to be, or null
  public Prompt inChat(@Nullable String told) {
    return new Prompt(text, tokens, /* chat= */ true, told);
  }

  /// Whether it is wrapped in the model's chat template.
  public boolean wrapped() {
    return Boolean.TRUE.equals(chat);
  }
}
