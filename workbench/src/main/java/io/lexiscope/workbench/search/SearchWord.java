package io.lexiscope.workbench.search;

import java.util.List;

/// A word of a query as it fitted a vector.
///
/// @param ids the token; several where the word is not a single token
/// @param text what they read as
/// @param score raw product `e_w·v`, the mean over the tokens where there are several
public record SearchWord(List<Integer> ids, String text, double score) {
  /// Copies the list.
  public SearchWord {
    ids = List.copyOf(ids);
  }
}
