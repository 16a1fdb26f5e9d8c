package io.lexiscope.workbench.patch;

import org.jspecify.annotations.Nullable;

/// A cell that moves the changed run towards the other.
///
/// @param at its place, as it is typed
/// @param layer its block
/// @param position its position; absent where columns are heads
/// @param head its head; absent where columns are positions
/// @param value the metric with it patched
/// @param share of the way from the changed run's metric to the other's; not finite where there is
///   no way
public record PatchedCell(
    String at,
    int layer,
    @Nullable Integer position,
    @Nullable Integer head,
    double value,
    double share) {}
