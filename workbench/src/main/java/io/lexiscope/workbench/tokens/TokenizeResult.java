package io.lexiscope.workbench.tokens;

import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// The tokens of a text.
///
/// @param model name of the model as it was asked for
/// @param text the text the tokens decode to
/// @param tokens the tokens in order
/// @param provenance where the result comes from
public record TokenizeResult(
    String model, String text, List<TokenSpan> tokens, Provenance provenance) implements Result {
  /// Copies the tokens.
  public TokenizeResult {
    tokens = List.copyOf(tokens);
  }

  @Override
  public String method() {
    return "How the tokenizer splits the text; what the model makes of the tokens is not asked.";
  }
}
