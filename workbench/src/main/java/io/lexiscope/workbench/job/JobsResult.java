package io.lexiscope.workbench.job;

import java.util.List;

/// The jobs known, newest first.
///
/// @param jobs the jobs, their results left out
public record JobsResult(List<JobView> jobs) {
  /// Copies the list.
  public JobsResult {
    jobs = List.copyOf(jobs);
  }
}
