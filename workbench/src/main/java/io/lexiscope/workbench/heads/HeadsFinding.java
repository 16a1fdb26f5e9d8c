package io.lexiscope.workbench.heads;

import io.lexiscope.analysis.attention.HeadTrait;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether heads are scored, and on what.
///
/// @param on the prompts; no scores when absent, unless a pattern or an order asks for them
/// @param by the trait by which they are ranked; by layer and head when absent
/// @param attend a pattern that is looked for, one row for each token of the prompt with a weight
///   for each position looked at
/// @param seed of random prompts, 0 when absent
public record HeadsFinding(
    @Nullable TraitsOn on,
    @Nullable HeadTrait by,
    @Nullable List<List<Double>> attend,
    @Nullable Long seed) {
  /// Copies the rows.
  public HeadsFinding {
    attend = attend == null ? null : attend.stream().map(List::copyOf).toList();
  }

  /// No scores.
  public static HeadsFinding none() {
    return new HeadsFinding(null, null, null, null);
  }
}
