package io.lexiscope.analysis.diff;

/// How a parameter that is no matrix of a block differs, such as an embedding, a norm or a bias.
///
/// @param name in the checkpoint
/// @param norm Euclidean norm of the difference
/// @param relative that norm in those of the first model's parameter; infinite where that is zero
public record ParameterDifference(String name, double norm, double relative) {}
