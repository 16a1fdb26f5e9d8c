package io.lexiscope.workbench.attribution;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.reading.Baseline;
import org.jspecify.annotations.Nullable;

/// The place and the words of an attribution.
///
/// @param at hook point of the residual stream, by its full name; the stream after the last block
///   when absent
/// @param position from 0, negatives from the end; the last when absent
/// @param target the word, or `#` and a token id; the model's own prediction at the place when
///   absent
/// @param against a second word whose logit is subtracted
/// @param convention `frozenScale` when absent, or `raw`: attribution needs a reading that is
///   linear in the vector
/// @param baseline what the logit stands above where no second word is subtracted: `mean` over the
///   vocabulary, which softmax does not see, when absent; `none` for the logit as it is
public record AttributionTarget(
    @Nullable String at,
    @Nullable Integer position,
    @Nullable String target,
    @Nullable String against,
    @Nullable LensConvention convention,
    @Nullable Baseline baseline) {}
