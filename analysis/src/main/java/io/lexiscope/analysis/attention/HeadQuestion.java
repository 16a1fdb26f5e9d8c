package io.lexiscope.analysis.attention;

import io.lexiscope.model.place.HeadName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which heads to read, and how.
///
/// @param heads which; empty for all
/// @param positions at which, from 0
/// @param target token id of the word whose logit pushes are about
/// @param against a foil's id, or null for the mean word
/// @param counts how much to list
public record HeadQuestion(
    List<HeadName> heads,
    List<Integer> positions,
    int target,
    @Nullable Integer against,
    Counts counts) {
  /// Copies the lists.
  public HeadQuestion {
    heads = List.copyOf(heads);
    positions = List.copyOf(positions);
  }

  /// How much to list.
  ///
  /// @param words of each reading
  /// @param attends positions of each head
  public record Counts(int words, int attends) {}
}
