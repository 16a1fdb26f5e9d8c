package io.lexiscope.workbench.invert;

import io.lexiscope.base.Estimate;

/// What became of the answer with other inputs' activations in the query's place.
///
/// @param answer the likeliest word without a swap
/// @param members share of members that keep it
/// @param membersKl mean D(query ‖ swapped) of members, nats
/// @param others share of matched non-members that keep it
/// @param othersKl mean D(query ‖ swapped) of them, nats
public record InvertSwapView(
    String answer, Estimate members, Estimate membersKl, Estimate others, Estimate othersKl) {}
