package io.lexiscope.workbench.job;

/// Where a job is in its life; the last four are final.
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
  CANCELLED,
  /// Its process ended before it did.
  INTERRUPTED;

  /// Whether nothing more will happen by itself.
  public boolean isFinal() {
    return this == DONE || canGoOn();
  }

  /// Whether it ended without a result, so that a job of a verb that can go on may.
  public boolean canGoOn() {
    return this == FAILED || this == CANCELLED || this == INTERRUPTED;
  }
}
