package io.lexiscope.analysis.diff;

/// A factor among those of the whole model.
///
/// @param layer of its matrix
/// @param matrix its short name
/// @param factor what it is
public record LeadingFactor(int layer, String matrix, DifferenceFactor factor) {}
