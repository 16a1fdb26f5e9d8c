package io.lexiscope.workbench.study;

import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// A paper's study on a model: measured beside published.
///
/// @param paper name of the study
/// @param source the paper
/// @param model name of the model as it was asked for
/// @param passed how many checks agree
/// @param failed how many do not
/// @param notApplicable how many could not be compared on this model
/// @param checks what was compared, in order
/// @param written the files of the report; empty when none was asked for
/// @param seconds wall-clock time
/// @param provenance where the numbers come from
public record ReproduceResult(
    String paper,
    String source,
    String model,
    int passed,
    int failed,
    int notApplicable,
    List<StudyCheckView> checks,
    List<String> written,
    double seconds,
    Provenance provenance)
    implements Result {
  /// Copies the lists.
  public ReproduceResult {
    checks = List.copyOf(checks);
    written = List.copyOf(written);
  }

  @Override
  public String method() {
    return "The published numbers measured again on this model and these data; that a number agrees"
        + " does not show that its reading is right.";
  }
}
