package io.lexiscope.analysis.gradient;

/// A matrix's whole gradient, ∂loss/∂W = XᵀΔ, without forming it.
///
/// @param layer from 0
/// @param matrix which of the layer's
/// @param numericalRank singular values above 1e-6 of the largest; at most the number of positions
/// @param norm its Frobenius norm, from Gram matrices
public record MatrixGradientShape(int layer, String matrix, int numericalRank, double norm) {}
