package io.lexiscope.workbench.search;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.ReadAgainst;
import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// What a search found.
///
/// @param model the model
/// @param query as it was asked
/// @param ranking what scores are
/// @param read what scores stand above, and which words are starred and left out
/// @param hits best first; equal scores by layer and neuron
/// @param searched vectors that passed the filters
/// @param weaker vectors of the sign asked for in whose own list a word stands beyond 300, which
///   are no hits
/// @param milliseconds from the query to the hits, without opening the model or the index
/// @param notes how words were read, where that is not plain
/// @param index the index that was searched
/// @param provenance where the result comes from
public record SearchResult(
    String model,
    String query,
    SearchRanking ranking,
    @JsonUnwrapped ReadAgainst read,
    List<SearchHit> hits,
    int searched,
    int weaker,
    double milliseconds,
    List<String> notes,
    IndexView index,
    Provenance provenance)
    implements Result {
  /// Copies the lists.
  public SearchResult {
    hits = List.copyOf(hits);
    notes = List.copyOf(notes);
  }

  @Override
  public String method() {
    return "Single vectors by words of the vocabulary; what no word stands for, and what vectors"
        + " write together, is not found.";
  }
}
