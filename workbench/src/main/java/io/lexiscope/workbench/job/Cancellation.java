package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.util.ArrayList;
import java.util.List;

/// A wish to stop that the work asks about between its steps.
///
/// Interrupts are not used: they would close files that other requests read.
public final class Cancellation {
  private final List<Runnable> listeners = new ArrayList<>();
  private boolean cancelled;

  /// Asks the work to stop; every further call does nothing.
  public void cancel() {
    List<Runnable> told;
    synchronized (listeners) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      told = List.copyOf(listeners);
      listeners.clear();
    }
    told.forEach(Runnable::run);
  }

  /// Whether the work has been asked to stop.
  public boolean isCancelled() {
    synchronized (listeners) {
      return cancelled;
    }
  }

  /// Ends the work when it has been asked to stop.
  ///
  /// @throws WorkbenchException of kind `cancelled` when it has
  public void check() {
    if (isCancelled()) {
      throw new WorkbenchException(ProblemKind.CANCELLED, "the work was cancelled");
    }
  }

  /// Calls back once when the work is asked to stop; at once when it already was.
  void onCancel(Runnable listener) {
    synchronized (listeners) {
      if (!cancelled) {
        listeners.add(listener);
        return;
      }
    }
    listener.run();
  }

  /// Forgets a listener.
  void forget(Runnable listener) {
    synchronized (listeners) {
      listeners.remove(listener);
    }
  }
}
