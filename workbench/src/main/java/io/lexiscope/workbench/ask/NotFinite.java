package io.lexiscope.workbench.ask;

import org.jspecify.annotations.Nullable;

/// A place where the model produced NaN or an infinity; such numbers are `null` in JSON.
///
/// @param at the hook point where it first appears
/// @param layer its layer
/// @param position the first position concerned
/// @param count how many numbers there are not finite; for readings, how many vectors
public record NotFinite(
    String at, @Nullable Integer layer, @Nullable Integer position, long count) {}
