package io.lexiscope.workbench.invert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said of the set.
///
/// @param top members and near-misses shown of each; 20 when absent
/// @param features regular expressions whose groups are further features
/// @param texts inputs of one's own, whose distance is told
/// @param swaps activations of members and of non-members put into the query's place, of each; 0
///   when absent
/// @param explained inputs on which the shares of variance are measured; 0 when absent
public record InvertReadout(
    @Nullable Integer top,
    @Nullable List<String> features,
    @Nullable List<String> texts,
    @Nullable Integer swaps,
    @Nullable Integer explained) {
  /// Copies the lists.
  public InvertReadout {
    features = features == null ? null : List.copyOf(features);
    texts = texts == null ? null : List.copyOf(texts);
  }
}
