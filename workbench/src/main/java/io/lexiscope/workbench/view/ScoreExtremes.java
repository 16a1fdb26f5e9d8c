package io.lexiscope.workbench.view;

/// Averages of the largest, the mean and the smallest of ten scores.
///
/// @param max of the largest
/// @param mean of the mean
/// @param min of the smallest
public record ScoreExtremes(EstimateView max, EstimateView mean, EstimateView min) {}
