package io.lexiscope.workbench.separate;

import org.jspecify.annotations.Nullable;

/// A place that tells the groups apart.
///
/// @param at the place: a head, which stands for what it adds, or a hook point
/// @param layer from 0
/// @param position from 0, or negative from the end
/// @param head from 0; absent where the place is no head
/// @param separation `2·AUC − 1` on inputs that nothing was fitted to
/// @param invariance share of the variance there that the group explains
/// @param swap share of the way to the first group's answers that setting the place goes; absent
///   where it was not asked, or no answers differ
/// @param swapLow lower end of its 95 % interval; absent likewise
/// @param swapHigh upper end; absent likewise
/// @param published the short name that published inversions have for it; absent where there is
///   none
public record SeparatingPlaceView(
    String at,
    @Nullable Integer layer,
    int position,
    @Nullable Integer head,
    double separation,
    double invariance,
    @Nullable Double swap,
    @Nullable Double swapLow,
    @Nullable Double swapHigh,
    @Nullable String published) {}
