package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// The jobs known, newest first.
///
/// @param jobs the jobs, their results left out
public record JobsResult(List<JobView> jobs) implements Result {
  /// Copies the list.
  public JobsResult {
    jobs = List.copyOf(jobs);
  }

  @Override
  public String method() {
    return "The jobs that this process remembers and the long ones kept on disk; finished ones are removed"
        + " when newer ones have finished.";
  }
}
