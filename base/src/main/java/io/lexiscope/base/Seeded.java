package io.lexiscope.base;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random numbers that a seed fixes: the same seed gives the same numbers on every machine.
///
/// What is new takes [#LXM]. The others stay because trained models and recorded results rest on
/// their numbers.
public enum Seeded {
  /// L64X128MixRandom.
  ///
  /// @see <a href="https://doi.org/10.1145/3485525">Steele and Vigna 2021</a>
  LXM,
  /// SplitMix64, from which the training data of the bundled models are drawn.
  ///
  /// @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea and Flood 2014</a>
  SPLIT_MIX,
  /// The linear congruential generator of 48 bits that `java.util.Random` specifies.
  CONGRUENTIAL;

  /// A generator at the beginning of its numbers.
  public RandomGenerator from(long seed) {
    return switch (this) {
      case LXM -> RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      case SPLIT_MIX -> new SplittableRandom(seed);
      case CONGRUENTIAL -> new Random(seed);
    };
  }

  /// One of the independent streams of a seed.
  ///
  /// @param purpose separates the streams of one seed from each other, such as a task's name
  /// @param index which stream of that purpose, such as the number of an example
  public static RandomGenerator stream(String purpose, long seed, long index) {
    long state = mix(hash(purpose) ^ mix(seed));
    return SPLIT_MIX.from(mix(state ^ mix(~index)));
  }

  /// One element, each with equal odds.
  public static <T> T pick(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// Shuffles in place (Fisher and Yates).
  public static void shuffle(List<?> list, RandomGenerator random) {
    for (int last = list.size() - 1; last > 0; last--) {
      Collections.swap(list, last, random.nextInt(last + 1));
    }
  }

  /// Shuffles in place, as the other does.
  public static void shuffle(int[] numbers, RandomGenerator random) {
    for (int last = numbers.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int kept = numbers[last];
      numbers[last] = numbers[other];
      numbers[other] = kept;
    }
  }

  /// A 64-bit hash of a text: FNV-1a over its UTF-16 units, finished by the mixer of SplitMix64, so
  /// that low bits are as good as high ones.
  public static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /// The finaliser of SplitMix64.
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
