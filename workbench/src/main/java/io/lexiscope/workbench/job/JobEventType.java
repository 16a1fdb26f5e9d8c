package io.lexiscope.workbench.job;

/// The kinds of event in a job's stream, with what each carries.
public enum JobEventType {
  /// The job entered another state; the last event of a stream is one whose state is final.
  STATE(JobView.class),
  /// Work was done.
  PROGRESS(Progress.class),
  /// A token was generated.
  TOKEN(GeneratedToken.class);

  private final Class<? extends Record> payload;

  JobEventType(Class<? extends Record> payload) {
    this.payload = payload;
  }

  /// The record that is the event's data.
  public Class<? extends Record> payload() {
    return payload;
  }
}
