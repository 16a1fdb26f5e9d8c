package io.lexiscope.workbench.tokens;

import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// The words of the vocabulary that begin with a prefix.
///
/// @param model name of the model as it was asked for
/// @param completions the shortest first, then by id
/// @param total how many there are in all
public record CompleteResult(String model, List<TokenView> completions, int total)
    implements Result {
  /// Copies the list.
  public CompleteResult {
    completions = List.copyOf(completions);
  }

  @Override
  public String method() {
    return "Words of the vocabulary by how they begin; how likely they are is not asked.";
  }
}
