package io.lexiscope.workbench.ask;

import io.lexiscope.model.tokenizer.TokenView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every result on a prompt carries.
///
/// @param model name of the model as it was asked for
/// @param tokens the tokens the model read
/// @param provenance where the result comes from
/// @param notFinite places whose numbers are not finite; absent when all are
public record ResultHeader(
    String model,
    List<TokenView> tokens,
    Provenance provenance,
    @Nullable List<NotFinite> notFinite) {
  /// Copies the lists.
  public ResultHeader {
    tokens = List.copyOf(tokens);
    notFinite = notFinite == null ? null : List.copyOf(notFinite);
  }
}
