package io.lexiscope.train.task;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// Independent random streams addressed by name, seed, split and index.
public final class Draws {
  private Draws() {}

  /// Returns the stream of one example.
  ///
  /// @param purpose separates streams of one seed from each other, such as the task's name
  public static SplittableRandom stream(String purpose, long seed, Split split, long index) {
    long state = ContentSplit.hash(purpose + '/' + split.name());
    state = ContentSplit.mix(state ^ ContentSplit.mix(seed));
    return new SplittableRandom(ContentSplit.mix(state ^ ContentSplit.mix(~index)));
  }

  /// Returns one element, each with equal odds.
  public static <T> T pick(List<T> choices, SplittableRandom random) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// Shuffles in place (Fisher and Yates).
  public static void shuffle(List<?> list, SplittableRandom random) {
    for (int last = list.size() - 1; last > 0; last--) {
      Collections.swap(list, last, random.nextInt(last + 1));
    }
  }
}
