package io.lexiscope.workbench.events;

/// Averages of the largest, the mean, the smallest and the mean size of ten scores.
///
/// @param max of the largest
/// @param mean of the mean
/// @param min of the smallest
/// @param size of the mean absolute score
public record ScoreExtremes(
    EstimateView max, EstimateView mean, EstimateView min, EstimateView size) {}
