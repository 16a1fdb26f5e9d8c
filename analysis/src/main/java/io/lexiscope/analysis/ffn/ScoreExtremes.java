package io.lexiscope.analysis.ffn;

import io.lexiscope.base.Estimate;

/// Averages of the largest, the mean, the smallest and the mean size of ten scores, in logits
/// without any norm.
///
/// @param max of the largest
/// @param mean of the mean
/// @param min of the smallest
/// @param size of the mean absolute score
public record ScoreExtremes(Estimate max, Estimate mean, Estimate min, Estimate size) {}
