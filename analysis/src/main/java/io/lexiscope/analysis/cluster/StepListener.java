package io.lexiscope.analysis.cluster;

/// Hears how far the work is. What it throws ends the work, and everything held is freed.
@FunctionalInterface
public interface StepListener {
  /// Hears nothing.
  StepListener NONE = (done, total) -> {};

  /// Some of the work was done.
  ///
  /// @param done merges made
  /// @param total merges in all
  void step(long done, long total);
}
