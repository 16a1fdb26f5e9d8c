package io.lexiscope.workbench.search;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks for the index of a model's vectors to be built, when it is not there.
///
/// @param choice the model
/// @param corpus a text on which firing rates are measured; the index is built anew with it
/// @param corpusName what people call the text; `text` when absent
/// @param rebuild whether to build it though it is there; false when absent
public record IndexRequest(
    @JsonUnwrapped ModelChoice choice,
    @Nullable String corpus,
    @Nullable String corpusName,
    @Nullable Boolean rebuild)
    implements Request<IndexResult> {
  /// An index there is one of for each model, with the firing rates of all who search it.
  @Override
  public boolean replaces() {
    return corpus != null || Boolean.TRUE.equals(rebuild);
  }
}
