package io.lexiscope.analysis.diff;

import java.util.List;

/// The difference of two models of one shape, in words.
///
/// @param matrices those of blocks that differ, in the order of the computation
/// @param unchanged how many matrices of blocks are equal to the bit
/// @param leading the largest factors of the model
/// @param control the largest factors of random differences, each of the norm of the matrix's own:
///   what words say that mean nothing
/// @param others parameters outside of the blocks' matrices that differ, largest relative
///   difference first
public record DifferenceReport(
    List<MatrixDifference> matrices,
    int unchanged,
    List<LeadingFactor> leading,
    List<LeadingFactor> control,
    Others others) {
  /// Copies the lists.
  public DifferenceReport {
    matrices = List.copyOf(matrices);
    leading = List.copyOf(leading);
    control = List.copyOf(control);
  }

  /// Parameters that hold no matrix of a block, such as embeddings, norms and biases.
  ///
  /// @param differ those that differ, largest relative difference first
  /// @param unmatched how many stand in one model only, or in another shape, and are not compared
  public record Others(List<ParameterDifference> differ, int unmatched) {
    /// Copies the list.
    public Others {
      differ = List.copyOf(differ);
    }
  }
}
