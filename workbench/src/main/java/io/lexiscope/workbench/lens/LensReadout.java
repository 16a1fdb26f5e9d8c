package io.lexiscope.workbench.lens;

import io.lexiscope.analysis.lens.LensConvention;
import org.jspecify.annotations.Nullable;

/// What to say of each place.
///
/// @param top how many of the highest words, 10 when absent
/// @param bottom how many of the lowest words, none when absent
/// @param target a word to follow, or `#` and a token id
/// @param against a second word, to compare the target with
/// @param convention how a vector becomes logits, `finalNorm` when absent
/// @param raw whether logits stand as products give them, not above their mean over the vocabulary,
///   and lists hold under-trained tokens too
public record LensReadout(
    @Nullable Integer top,
    @Nullable Integer bottom,
    @Nullable String target,
    @Nullable String against,
    @Nullable LensConvention convention,
    @Nullable Boolean raw) {
  /// The ten highest words by the final norm.
  public static LensReadout standard() {
    return new LensReadout(null, null, null, null, null, null);
  }
}
