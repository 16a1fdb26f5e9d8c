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
/// @param notes what to know before reading the numbers, in sentences; absent when there is nothing
public record ResultHeader(
    String model,
    List<TokenView> tokens,
    Provenance provenance,
    @Nullable List<NotFinite> notFinite,
    @Nullable List<String> notes) {
  /// Copies the lists.
  public ResultHeader {
    tokens = List.copyOf(tokens);
    notFinite = notFinite == null ? null : List.copyOf(notFinite);
    notes = notes == null ? null : List.copyOf(notes);
  }
}
