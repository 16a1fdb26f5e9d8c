package io.lexiscope.analysis.attention;

import io.lexiscope.model.reading.TokenReading;
import java.util.List;

/// One term of an attention score: what the parts of the query that one writer made and of the key
/// that another made come to together.
///
/// @param query who wrote this part of the query, such as `L3H4` or `biases`
/// @param queryTop what that writer wrote, in words; empty for biases
/// @param key who wrote this part of the key
/// @param keyTop what that writer wrote, in words; empty for biases
/// @param score what the pair adds to the score
public record ScoreTerm(
    String query,
    List<TokenReading> queryTop,
    String key,
    List<TokenReading> keyTop,
    double score) {
  /// Copies the lists.
  public ScoreTerm {
    queryTop = List.copyOf(queryTop);
    keyTop = List.copyOf(keyTop);
  }
}
