package io.lexiscope.analysis.edit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of one case.
///
/// @param id of the case
/// @param before before its edit, on the model that was edited
/// @param after after its edit
/// @param last after the last edit of a sequence; null when edits were made one by one
/// @param numbers further numbers by name: `perplexity`, `fluency`, `others`
public record CaseResult(
    String id,
    EditAnswers before,
    EditAnswers after,
    @Nullable EditAnswers last,
    Map<String, Double> numbers) {
  /// Copies the map.
  public CaseResult {
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
  }
}
