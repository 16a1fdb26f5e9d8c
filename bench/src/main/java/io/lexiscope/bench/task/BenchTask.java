package io.lexiscope.bench.task;

import org.jspecify.annotations.Nullable;

/// Something that users wait for.
public interface BenchTask extends AutoCloseable {
  /// Its name, such as `forward-16`.
  String name();

  /// What it does, in a few words.
  String about();

  /// What it needs at least.
  Cost cost();

  /// Does it once. This is what is timed.
  TaskOutcome run();

  /// Another task to be timed in turn with this one, whose time this one's is divided by; null
  /// where there is none.
  default @Nullable BenchTask baseline() {
    return null;
  }

  /// Bytes that a round adds to the memory of this process; for tasks that run in another one,
  /// which know it themselves. Negative where this process is to be looked at.
  default long peakBytes() {
    return -1;
  }

  /// Releases what the rounds shared.
  @Override
  default void close() {}
}
