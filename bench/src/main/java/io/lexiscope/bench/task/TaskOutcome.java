package io.lexiscope.bench.task;

/// What a round came to.
public interface TaskOutcome extends AutoCloseable {
  /// Numbers to hold against those of another implementation.
  Answer answer();

  /// Makes sure that the result is right.
  ///
  /// @throws io.lexiscope.bench.measure.BenchException if it is not
  void check();

  @Override
  default void close() {}
}
