package io.lexiscope.analysis.inversion;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws pairs of prompts as the published case studies do.
public final class ContrastPairs {
  private static final int ANSWER = 9;
  private static final int MOST = 9;

  private ContrastPairs() {}

  /// A flow of the addition of three-digit numbers: from which digits to which digit of the answer.
  ///
  /// @param name what it is called
  /// @param place which digits are drawn anew, 1 for F1 and S1
  /// @param target which digit of the answer has to differ, 1 for A1
  /// @param among which sums, both of them
  public record Flow(String name, int place, int target, Among among) {}

  /// Sums that a flow is about.
  public enum Among {
    /// All.
    ALL,
    /// Whose answer has four digits, A1 = 1.
    FOUR_DIGITS,
    /// Whose answer has no 1 in front.
    NO_ONE_IN_FRONT,
    /// Whose hundreds sum to less than 10.
    SMALL
  }

  /// Sums of which the digits of one place are drawn anew until the answer differs at the target;
  /// each prompt ends before it.
  ///
  /// @param count how many pairs
  public static List<ContrastPair> sums(Tokenizer tokenizer, Flow flow, int count, long seed) {
    RandomGenerator random = Seeded.stream("inversion/flow/" + flow.name(), seed, 0);
    List<ContrastPair> pairs = new ArrayList<>();
    while (pairs.size() < count) {
      int first = random.nextInt(100, 1000);
      int second = random.nextInt(100, 1000);
      int power = (int) Math.pow(10, 3.0 - flow.place());
      int otherFirst = redrawn(first, power, random);
      int otherSecond = redrawn(second, power, random);
      String original = sum(first, second);
      String contrast = sum(otherFirst, otherSecond);
      int at = ANSWER + flow.target() - 1;
      boolean fits =
          fits(flow, first, second)
              && fits(flow, otherFirst, otherSecond)
              && original.charAt(at) != contrast.charAt(at);
      if (fits) {
        pairs.add(pair(tokenizer, original, contrast, at));
      }
    }
    return pairs;
  }

  private static boolean fits(Flow flow, int first, int second) {
    boolean one = Integer.toString(first + second).startsWith("1");
    return switch (flow.among()) {
      case ALL -> true;
      case FOUR_DIGITS -> first + second >= 1000;
      case NO_ONE_IN_FRONT -> !one;
      case SMALL -> first / 100 + second / 100 < 10;
    };
  }

  private static String sum(int first, int second) {
    return "B%03d+%03d=%dE".formatted(first, second, first + second);
  }

  /// The published contrasts draw any digit, 0 in front among them.
  private static int redrawn(int number, int power, RandomGenerator random) {
    int digit = number / power % 10;
    return number + (random.nextInt(10) - digit) * power;
  }

  /// Strings of which one letter is turned so that the count changes by one; each prompt ends at
  /// the colon.
  ///
  /// @param count how many pairs
  public static List<ContrastPair> strings(Tokenizer tokenizer, int count, long seed) {
    RandomGenerator random = Seeded.stream("inversion/flip", seed, 0);
    List<ContrastPair> pairs = new ArrayList<>();
    for (String text : new CountingGrammar().draw("", 4 * count, seed)) {
      int stroke = text.indexOf('|');
      char target = text.charAt(stroke + 1);
      int at = random.nextInt(1, stroke);
      char other = text.charAt(random.nextInt(1, stroke));
      char turned = text.charAt(at) == target ? other : target;
      long before = counted(text, stroke, target);
      String changed = text.substring(0, at) + turned + text.substring(at + 1);
      long after = counted(changed, stroke, target);
      if (before != after && after >= 1 && after <= MOST && pairs.size() < count) {
        String contrast = changed.substring(0, stroke + 3) + after + "E";
        pairs.add(pair(tokenizer, text, contrast, stroke + 3));
      }
    }
    return pairs;
  }

  private static long counted(String text, int stroke, char target) {
    return text.substring(1, stroke).chars().filter(c -> c == target).count();
  }

  private static ContrastPair pair(Tokenizer tokenizer, String original, String contrast, int at) {
    return new ContrastPair(
        tokenizer.encode(original).ids().slice(0, at),
        tokenizer.encode(contrast).ids().slice(0, at),
        tokenizer.idOf(original.substring(at, at + 1)),
        tokenizer.idOf(contrast.substring(at, at + 1)));
  }
}
