package io.lexiscope.workbench.search;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks which neurons, head directions and biases promote or suppress words, or resemble one.
///
/// @param choice the model
/// @param query words and conditions, such as `promotes:fire,burn suppresses:water layer:2-4`; may
///   be absent when there are tokens
/// @param tokens ids of tokens to be promoted, exactly these, besides the words of the query
/// @param limit most hits; 20 when absent
/// @param top words shown of each hit, at each end; 10 when absent
/// @param by what vectors are ranked by: `vector`, the vector score, when absent; `raw` for the
///   product as it is
/// @param weaker whether vectors are hits too in whose own list a word stands beyond 300
/// @param corpus name of the text whose firing rates are read, where an index was built with one of
///   somebody's own; the model's own text when absent
public record SearchRequest(
    @JsonUnwrapped ModelChoice choice,
    @Nullable String query,
    @Nullable List<Integer> tokens,
    @Nullable Integer limit,
    @Nullable Integer top,
    @Nullable SearchBy by,
    @Nullable Boolean weaker,
    @Nullable String corpus)
    implements Request<SearchResult> {
  /// Copies the list.
  public SearchRequest {
    tokens = tokens == null ? null : List.copyOf(tokens);
  }
}
