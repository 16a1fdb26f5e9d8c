package io.lexiscope.workbench.job;

/// What a verb leaves on the disk.
public enum Leaves {
  /// Nothing.
  NOTHING,
  /// What can be made again, under a name made of all that it depends on.
  CACHE,
  /// Files where the request says, or models from the hub.
  FILES
}
