package io.lexiscope.analysis.gradient;

/// Mean norms of a matrix's factors over a part of the prompt.
///
/// @param segment which part
/// @param layer from 0
/// @param matrix which of the layer's
/// @param inputNorm mean ‖x‖
/// @param vjpNorm mean ‖δ‖
/// @see <a href="https://arxiv.org/abs/2402.12865">Katz et al. 2024, Fig. 5</a>
public record SegmentNorm(
    PromptSegment segment, int layer, String matrix, double inputNorm, double vjpNorm) {}
