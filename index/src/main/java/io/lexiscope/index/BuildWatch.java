package io.lexiscope.index;

import io.lexiscope.base.Journal;

/// Who watches the building of an index.
///
/// @param listener hears how far it is; what it throws ends the work
/// @param journal keeps what is finished, and has what an earlier build of the same index had
///   finished
public record BuildWatch(BuildListener listener, Journal journal) {
  /// Nobody.
  public static final BuildWatch NONE = of(BuildListener.NONE);

  /// Somebody who keeps nothing.
  public static BuildWatch of(BuildListener listener) {
    return new BuildWatch(listener, Journal.none());
  }
}
