package io.lexiscope.analysis.diff;

/// What is asked of the difference of two models.
///
/// @param factors of each matrix
/// @param leading of the whole model
/// @param top words of each side
/// @param seed of the random differences
public record DifferenceQuestion(int factors, int leading, int top, long seed) {}
