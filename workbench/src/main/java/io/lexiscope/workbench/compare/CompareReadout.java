package io.lexiscope.workbench.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to compare, and how much of it.
///
/// @param positions at these positions of the prompt, from 0, negatives from the end; the last when
///   absent
/// @param allPositions at every position; not together with `positions`
/// @param top how many words of each reading, 10 when absent
/// @param targets words to follow, with their leading space, or `#` and a token id; the likeliest
///   before and after at each position when absent
/// @param against a word the odds of the targets are taken against
/// @param n how many tokens to continue the prompt by, 20 when absent, none for 0
public record CompareReadout(
    @Nullable List<Integer> positions,
    @Nullable Boolean allPositions,
    @Nullable Integer top,
    @Nullable List<String> targets,
    @Nullable String against,
    @Nullable Integer n) {
  /// Copies the lists.
  public CompareReadout {
    positions = positions == null ? null : List.copyOf(positions);
    targets = targets == null ? null : List.copyOf(targets);
  }

  /// The last position, its likeliest words, 20 tokens.
  public static CompareReadout standard() {
    return new CompareReadout(null, null, null, null, null, null);
  }
}
