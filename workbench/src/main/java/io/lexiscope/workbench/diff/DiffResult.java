package io.lexiscope.workbench.diff;

import io.lexiscope.analysis.diff.LeadingFactor;
import io.lexiscope.analysis.diff.MatrixDifference;
import io.lexiscope.analysis.diff.ParameterDifference;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// How two models of one shape differ.
///
/// @param model the first
/// @param other the second, of whose weights the first's are taken off
/// @param matrices those of blocks that differ, in the order of the computation
/// @param unchanged how many matrices of blocks are equal to the bit
/// @param leading the largest factors of the model
/// @param control the largest factors of random differences of the same norms
/// @param others parameters outside of the blocks' matrices that differ
/// @param unmatched other parameters of one model only, or of another shape, which are not compared
/// @param sentence what was found
/// @param provenance of the second model
public record DiffResult(
    String model,
    String other,
    List<MatrixDifference> matrices,
    int unchanged,
    List<LeadingFactor> leading,
    List<LeadingFactor> control,
    List<ParameterDifference> others,
    int unmatched,
    String sentence,
    Provenance provenance)
    implements Result {
  /// Copies the lists.
  public DiffResult {
    matrices = List.copyOf(matrices);
    leading = List.copyOf(leading);
    control = List.copyOf(control);
    others = List.copyOf(others);
  }

  @Override
  public String method() {
    return "Directions in which weights moved, as words; whether a prompt meets them, and what the"
        + " model then says, is not asked.";
  }
}
