package io.lexiscope.analysis.survey;

/// A value vector.
///
/// @param norm its length
/// @param longer share of the layer's value vectors that are shorter, 0 to 1
/// @param entropy of its words, bits
/// @param meanEntropy of a sample of the layer's value vectors, bits
public record ActiveVector(double norm, double longer, double entropy, double meanEntropy) {}
