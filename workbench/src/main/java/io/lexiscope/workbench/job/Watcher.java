package io.lexiscope.workbench.job;

import io.lexiscope.workbench.view.GeneratedToken;
import io.lexiscope.workbench.view.Progress;

/// Hears how work goes on, such as a progress bar.
public interface Watcher {
  /// Hears nothing.
  Watcher NONE = new Watcher() {};

  /// Work was done.
  default void progress(Progress progress) {}

  /// A token was generated.
  default void token(GeneratedToken token) {}
}
