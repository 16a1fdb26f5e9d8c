package io.lexiscope.workbench.job;

/// Where a job is in its life; the last three are final.
public enum JobState {
  /// Accepted, waiting for its turn.
  QUEUED,
  /// Working.
  RUNNING,
  /// Finished with a result.
  DONE,
  /// Finished with a problem.
  FAILED,
  /// Stopped on request.
  CANCELLED;

  /// Whether nothing more will happen.
  public boolean isFinal() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }
}
