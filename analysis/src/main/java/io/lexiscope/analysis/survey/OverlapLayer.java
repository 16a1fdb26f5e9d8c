package io.lexiscope.analysis.survey;

import io.lexiscope.base.Estimate;

/// Shares of leading words in common within one layer, as means over prompts with their 95 %
/// intervals.
///
/// @param layer from 0
/// @param heads the longest heads with all that attention adds
/// @param rest the other heads with the same
/// @param values of the longest heads: the memory value of which they take most, with the head
/// @param outputs what attention adds with the stream that leaves the block
public record OverlapLayer(
    int layer, Estimate heads, Estimate rest, Estimate values, Estimate outputs) {}
