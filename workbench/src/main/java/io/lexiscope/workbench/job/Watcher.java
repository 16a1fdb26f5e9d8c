package io.lexiscope.workbench.job;

/// Hears how work goes on, such as a progress bar.
public interface Watcher {
  /// Hears nothing.
  Watcher NONE = new Watcher() {};

  /// Work was done.
  default void progress(Progress progress) {}

  /// A token was generated.
  default void token(GeneratedToken token) {}
}
