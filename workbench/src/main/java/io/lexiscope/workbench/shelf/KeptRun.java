package io.lexiscope.workbench.shelf;

import io.lexiscope.model.Run;

/// A run in use: it is not freed until its user closes this.
public final class KeptRun implements AutoCloseable {
  private final Run run;
  private final Runnable release;
  private boolean closed;

  KeptRun(Run run, Runnable release) {
    this.run = run;
    this.release = release;
  }

  /// A run that is not shared and ends with its use.
  public static KeptRun alone(Run run) {
    return new KeptRun(run, () -> {});
  }

  /// What ran, with at least what was asked for recorded; closed with this.
  public Run run() {
    return run;
  }

  /// Gives the run back.
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    run.close();
    release.run();
  }
}
