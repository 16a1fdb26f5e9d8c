package io.lexiscope.workbench.ffn;

import io.lexiscope.analysis.ffn.FfnOrder;
import io.lexiscope.analysis.lens.LensConvention;
import org.jspecify.annotations.Nullable;

/// What to say of each feed-forward part.
///
/// @param top how many sub-updates to list, 10 when absent
/// @param words how many words to list of each state and at each end of a value vector, 10 when
///   absent
/// @param target the word that is scored, or `#` and a token id; what the model says at the
///   position when absent
/// @param against a second word whose score is subtracted
/// @param convention how vectors become logits, `frozenScale` when absent
/// @param order which sub-updates are listed, `dominance` when absent
/// @param nullVectors how many random vectors the null band is taken from, 20 when absent; 0 for no
///   band
/// @param seed of the random vectors, 0 when absent
/// @param raw whether scores and logits stand as products give them, not above the mean over the
///   vocabulary, and lists hold under-trained tokens too
public record FfnReadout(
    @Nullable Integer top,
    @Nullable Integer words,
    @Nullable String target,
    @Nullable String against,
    @Nullable LensConvention convention,
    @Nullable FfnOrder order,
    @Nullable Integer nullVectors,
    @Nullable Long seed,
    @Nullable Boolean raw) {
  /// Ten dominant sub-updates, scored for what the model says.
  public static FfnReadout standard() {
    return new FfnReadout(null, null, null, null, null, null, null, null, null);
  }
}
