package io.lexiscope.workbench.values;

import org.jspecify.annotations.Nullable;

/// Where and along what a value is moved.
///
/// @param at a hook point of blocks with a vector at each position; `hook_resid_post` when absent
/// @param layer from 0, negative from the end; 0 when absent
/// @param position from 0, negative from the end; all joined when absent
/// @param direction `pattern` (how activations follow the value, when absent), `component` or
///   `ridge`
public record MovePlace(
    @Nullable String at,
    @Nullable Integer layer,
    @Nullable Integer position,
    @Nullable String direction) {}
