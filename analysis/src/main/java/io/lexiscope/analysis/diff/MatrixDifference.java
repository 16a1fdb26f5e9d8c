package io.lexiscope.analysis.diff;

import java.util.List;

/// How a matrix of a block differs between two models.
///
/// @param layer from 0
/// @param matrix `W_Q`, `W_K`, `W_V`, `W_O`, `W_gate`, `W_in` or `W_out`
/// @param norm Frobenius norm of the difference
/// @param relative that norm in those of the first model's matrix
/// @param factors the leading ones, largest first
public record MatrixDifference(
    int layer, String matrix, double norm, double relative, List<DifferenceFactor> factors) {
  /// Copies the factors.
  public MatrixDifference {
    factors = List.copyOf(factors);
  }
}
