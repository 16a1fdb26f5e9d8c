package io.lexiscope.workbench.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A direction: a vector, or words whose vectors are averaged.
///
/// @param vector the numbers, as long as the last axis of the hook point
/// @param words instead of the vector: words with their leading space, or `#` and a token id; their
///   mean
/// @param minus words whose mean is subtracted
/// @param space whose vectors stand for the words, `unembedding` when absent
public record DirectionSpec(
    @Nullable List<Double> vector,
    @Nullable List<String> words,
    @Nullable List<String> minus,
    @Nullable WordSpace space) {
  /// Copies the lists.
  public DirectionSpec {
    vector = vector == null ? null : List.copyOf(vector);
    words = words == null ? null : List.copyOf(words);
    minus = minus == null ? null : List.copyOf(minus);
  }
}
