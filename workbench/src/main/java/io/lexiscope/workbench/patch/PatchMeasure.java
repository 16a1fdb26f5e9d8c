package io.lexiscope.workbench.patch;

import org.jspecify.annotations.Nullable;

/// What of the output is measured.
///
/// @param metric `logit-difference` (when absent), `probability`, `kl` or `answer`
/// @param normalise whether to give 0 for the corrupt run and 1 for the clean one; no when absent
/// @param target the word that the clean prompt is to say, with its leading space, or `#` and a
///   token id; what the model says to it when absent
/// @param against the word that the corrupt prompt is to say; what the model says to it when absent
/// @param read the position whose next word is measured, negative from the end; the last when
///   absent
public record PatchMeasure(
    @Nullable String metric,
    @Nullable Boolean normalise,
    @Nullable String target,
    @Nullable String against,
    @Nullable Integer read) {}
