package io.lexiscope.index;

/// Hears how far a build is. What it throws ends the build, and nothing is left behind.
@FunctionalInterface
public interface BuildListener {
  /// Hears nothing.
  BuildListener NONE = (done, total, unit) -> {};

  /// Some of the work was done.
  ///
  /// @param done units done
  /// @param total units in all
  /// @param unit what is counted, in the plural
  void step(long done, long total, String unit);
}
