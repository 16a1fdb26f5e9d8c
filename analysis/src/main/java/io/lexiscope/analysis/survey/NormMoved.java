package io.lexiscope.analysis.survey;

import io.lexiscope.base.Estimate;

/// Probability moved: half the sum of |Δp| over the vocabulary.
///
/// @param words of the stream
/// @param random of random vectors as long
public record NormMoved(Estimate words, Estimate random) {}
