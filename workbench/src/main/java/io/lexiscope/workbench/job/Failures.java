package io.lexiscope.workbench.job;

import io.lexiscope.base.OneLine;
import io.lexiscope.workbench.ask.Problem;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;

/// Says in one line what failed, without a stack trace.
public final class Failures {
  private Failures() {}

  /// The problem of something thrown.
  ///
  /// @param verb what was asked
  /// @param thrown what went wrong; a [WorkbenchException] keeps its kind, anything else is of kind
  ///   `failed`
  public static Problem problem(String verb, Throwable thrown) {
    if (thrown instanceof WorkbenchException known) {
      return known.problem();
    }
    if (thrown instanceof OutOfMemoryError) {
      return Problem.of(
          ProblemKind.FAILED,
          verb + ": the memory of the Java runtime is exhausted; ask for fewer positions or words",
          /* field= */ null);
    }
    var message = thrown.getMessage();
    var line = message == null ? "" : ": " + OneLine.of(message);
    return Problem.of(
        ProblemKind.FAILED,
        verb + ": " + thrown.getClass().getSimpleName() + line,
        /* field= */ null);
  }
}
