package io.lexiscope.workbench.search;

import java.util.List;

/// A word of a query as it fitted a vector.
///
/// @param ids the token; several where the word is not a single token
/// @param text what they read as
/// @param score what the vector is ranked by for this word; the mean over the tokens where there
///   are several
/// @param raw the product `e_w·v` as it is
/// @param rank its place among all words of the vector: from the promoted end where it stands above
///   the vector's mean, from the suppressed end where below
public record SearchWord(List<Integer> ids, String text, double score, double raw, int rank) {
  /// Copies the list.
  public SearchWord {
    ids = List.copyOf(ids);
  }
}
