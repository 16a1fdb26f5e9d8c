package io.lexiscope.workbench.tokens;

import io.lexiscope.workbench.ask.Provenance;
import java.util.List;

/// The tokens of a text.
///
/// @param model name of the model as it was asked for
/// @param text the text the tokens decode to
/// @param tokens the tokens in order
/// @param provenance where the result comes from
public record TokenizeResult(
    String model, String text, List<TokenSpan> tokens, Provenance provenance) {
  /// Copies the tokens.
  public TokenizeResult {
    tokens = List.copyOf(tokens);
  }
}
