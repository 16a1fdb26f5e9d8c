package io.lexiscope.bench;

/// Hears how far a benchmark is.
@FunctionalInterface
public interface BenchListener {
  /// Hears of a step.
  ///
  /// @param task name of the task, or what is being prepared
  /// @param done rounds done
  /// @param total rounds to do
  void step(String task, int done, int total);
}
