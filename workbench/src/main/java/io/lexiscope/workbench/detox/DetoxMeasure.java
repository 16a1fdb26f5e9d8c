package io.lexiscope.workbench.detox;

import org.jspecify.annotations.Nullable;

/// How a detoxification experiment measures.
///
/// @param n tokens of a continuation, 20 when absent
/// @param limit most prompts, and most texts, of each half; 250 when absent
/// @param draws how many sets of random vectors are the control, 5 when absent
/// @param seed of the random vectors and of the intervals, 0 when absent
/// @param perspective whether the Perspective API scores the continuations too; needs a key
public record DetoxMeasure(
    @Nullable Integer n,
    @Nullable Integer limit,
    @Nullable Integer draws,
    @Nullable Long seed,
    @Nullable Boolean perspective) {
  /// The usual numbers, without the Perspective API.
  public static DetoxMeasure standard() {
    return new DetoxMeasure(null, null, null, null, null);
  }
}
