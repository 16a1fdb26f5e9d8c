package io.lexiscope.model.config;

import org.jspecify.annotations.Nullable;

/// What happens to the last residual stream.
///
/// @param norm the final norm, or null where the last block has normed already (BERT, OPT-350m)
/// @param head what reads it
public record Output(@Nullable Norm norm, Head head) {}
