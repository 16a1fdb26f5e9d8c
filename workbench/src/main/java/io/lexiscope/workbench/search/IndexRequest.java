package io.lexiscope.workbench.search;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks for the index of a model's vectors to be built, when it is not there.
///
/// @param choice the model
/// @param corpus a text on which firing rates are measured: the index with it is one of its own,
///   which a search reads that names it
/// @param corpusName what people call the text, and what a search names; `text` when absent
/// @param rebuild whether to build it though it is there; false when absent
public record IndexRequest(
    @JsonUnwrapped ModelChoice choice,
    @Nullable String corpus,
    @Nullable String corpusName,
    @Nullable Boolean rebuild)
    implements Request<IndexResult> {
  /// An index on another text takes room on the disk, and the place of one whose text was called
  /// the same.
  @Override
  public boolean replaces() {
    return corpus != null || Boolean.TRUE.equals(rebuild);
  }
}
