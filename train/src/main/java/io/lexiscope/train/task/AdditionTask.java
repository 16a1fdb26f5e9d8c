package io.lexiscope.train.task;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Sums such as `B615+861=1476E`, one character a token (Huang et al. 2024, case study 2).
///
/// The split holds out a quarter of all ordered operand pairs by the hash of `first+second`.
///
/// @param seed seed of the draws
/// @param digits digits of both operands, 1–4; the published grammar has 3
/// @param lossOn tokens that count; the published training counts every token
public record AdditionTask(long seed, int digits, LossOn lossOn) implements SequenceTask {
  /// Ids as published: digits 0–9, then `B + = E P`.
  public static final Alphabet ALPHABET = Alphabet.ofCharacters("0123456789B+=EP", /* pad= */ 'P');

  private static final ContentSplit SPLIT = new ContentSplit(/* validationPercent= */ 25);

  public AdditionTask {
    if (digits < 1 || digits > 4) {
      throw new IllegalArgumentException(
          "AdditionTask: expected operands of 1 to 4 digits, got " + digits);
    }
  }

  /// Returns the published task: three digits, loss on every token.
  public static AdditionTask published(long seed) {
    return new AdditionTask(seed, /* digits= */ 3, LossOn.EVERY_TOKEN);
  }

  @Override
  public String name() {
    return "addition";
  }

  @Override
  public String grammar() {
    return "B<first>+<second>=<sum>E; operands have %d digits without a leading zero; pad P"
        .formatted(digits);
  }

  @Override
  public Alphabet alphabet() {
    return ALPHABET;
  }

  @Override
  public int maximumLength() {
    return 3 * digits + 5;
  }

  /// Returns the side of the split on which an operand pair lies.
  public static Split splitOf(int first, int second) {
    return SPLIT.of(first + "+" + second);
  }

  @Override
  public SequenceExample example(Split split, long index) {
    String prompt = prompt(Draws.stream("addition", seed, split, index), split);
    String text = prompt + answer(prompt);
    TokenRow tokens = ALPHABET.encode(text);
    int from = lossOn == LossOn.ANSWER ? prompt.length() : 1;
    return new SequenceExample(text, tokens, from, tokens.size());
  }

  @Override
  public List<EvaluationSet> evaluationSets(int questionsPerSet) {
    var questions = new ArrayList<Question>();
    for (int i = 0; i < questionsPerSet; i++) {
      var random = Draws.stream("addition/evaluation", /* seed= */ 0, Split.VALIDATION, i);
      String prompt = prompt(random, Split.VALIDATION);
      questions.add(new Question(prompt, answer(prompt)));
    }
    return List.of(new EvaluationSet("exact", new Scoring.ExactContinuation(), questions));
  }

  private String prompt(RandomGenerator random, Split split) {
    int least = digits == 1 ? 0 : (int) Math.pow(10, digits - 1);
    int end = (int) Math.pow(10, digits);
    while (true) {
      int first = random.nextInt(least, end);
      int second = random.nextInt(least, end);
      if (splitOf(first, second) == split) {
        return "B" + first + "+" + second + "=";
      }
    }
  }

  private static String answer(String prompt) {
    int plus = prompt.indexOf('+');
    int first = Integer.parseInt(prompt.substring(1, plus));
    int second = Integer.parseInt(prompt.substring(plus + 1, prompt.length() - 1));
    return (first + second) + "E";
  }
}
