package io.lexiscope.train.task;

import io.lexiscope.base.Seeded;
import java.util.random.RandomGenerator;

/// Independent random streams addressed by name, seed, split and index.
public final class Draws {
  private Draws() {}

  /// Returns the stream of one example.
  ///
  /// @param purpose separates streams of one seed from each other, such as the task's name
  public static RandomGenerator stream(String purpose, long seed, Split split, long index) {
    return Seeded.stream(purpose + '/' + split.name(), seed, index);
  }
}
