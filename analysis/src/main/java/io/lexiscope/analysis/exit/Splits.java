package io.lexiscope.analysis.exit;

import java.util.random.RandomGenerator;

/// Random orders of examples.
final class Splits {
  private Splits() {}

  static void shuffle(int[] numbers, RandomGenerator random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = numbers[i];
      numbers[i] = numbers[other];
      numbers[other] = kept;
    }
  }
}
