package io.lexiscope.train.task;

import io.lexiscope.base.Seeded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// Counting a letter: `Bvvzccvczvvvzvcvc|v:8E` (Huang et al. 2024, case study 1).
///
/// A string of a few different letters, each 1 to `maxCount` times, shuffled; then one of them and
/// its count. The split holds out a quarter of all letter strings by the hash of the string, so a
/// held-out string is never seen with any of its targets. Vocabulary ids do not depend on the
/// parameters.
///
/// @param seed seed of the draws
/// @param letters size of the letter alphabet, from `a`; published 26
/// @param distinct different letters in one string; published 3
/// @param maxCount greatest count of a letter, at most 9; published 9
/// @param lossOn tokens that count; the published training counts the answer only
public record CountingTask(long seed, int letters, int distinct, int maxCount, LossOn lossOn)
    implements SequenceTask {
  /// Ids as published: `a`–`z` 0–25, `1`–`9` 26–34, then `| : B E P`.
  public static final Alphabet ALPHABET =
      Alphabet.ofCharacters("abcdefghijklmnopqrstuvwxyz123456789|:BEP", /* pad= */ 'P');

  private static final ContentSplit SPLIT = new ContentSplit(/* validationPercent= */ 25);

  public CountingTask {
    if (letters < 2 || letters > 26 || distinct < 1 || distinct > letters) {
      throw new IllegalArgumentException(
          "CountingTask: expected 1 <= distinct <= letters <= 26, got distinct %d, letters %d"
              .formatted(distinct, letters));
    }
    if (maxCount < 2 || maxCount > 9) {
      throw new IllegalArgumentException(
          "CountingTask: expected a greatest count of 2 to 9, got " + maxCount);
    }
  }

  /// Returns the published task: 26 letters, 3 in a string, counts 1–9, loss on the answer.
  public static CountingTask published(long seed) {
    return new CountingTask(
        seed, /* letters= */ 26, /* distinct= */ 3, /* maxCount= */ 9, LossOn.ANSWER);
  }

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public String grammar() {
    return "B<letters>|<target>:<count>E; %d different letters of %d, each 1 to %d times, shuffled; pad P"
        .formatted(distinct, letters, maxCount);
  }

  @Override
  public Alphabet alphabet() {
    return ALPHABET;
  }

  @Override
  public int maximumLength() {
    return distinct * maxCount + 6;
  }

  /// Returns the side of the split on which a letter string lies.
  public static Split splitOf(String letters) {
    return SPLIT.of(letters);
  }

  @Override
  public SequenceExample example(Split split, long index) {
    var drawn = question(Draws.stream("counting", seed, split, index), split);
    String text = drawn.prompt() + drawn.expected() + "E";
    TokenRow tokens = ALPHABET.encode(text);
    int answer = drawn.prompt().length();
    return lossOn == LossOn.ANSWER
        ? new SequenceExample(text, tokens, answer, answer + 1)
        : new SequenceExample(text, tokens, /* lossFrom= */ 1, tokens.size());
  }

  @Override
  public List<EvaluationSet> evaluationSets(int questionsPerSet) {
    var questions = new ArrayList<Question>();
    for (int i = 0; i < questionsPerSet; i++) {
      var random = Draws.stream("counting/evaluation", /* seed= */ 0, Split.VALIDATION, i);
      questions.add(question(random, Split.VALIDATION));
    }
    return List.of(new EvaluationSet("exact", new Scoring.ExactContinuation(), questions));
  }

  private Question question(RandomGenerator random, Split split) {
    for (int attempt = 0; attempt < 100_000; attempt++) {
      var used = new ArrayList<Character>();
      var string = new ArrayList<Character>();
      var counts = new ArrayList<Integer>();
      while (used.size() < distinct) {
        char letter = (char) ('a' + random.nextInt(letters));
        if (!used.contains(letter)) {
          int count = random.nextInt(1, maxCount + 1);
          used.add(letter);
          counts.add(count);
          string.addAll(Collections.nCopies(count, letter));
        }
      }
      Seeded.shuffle(string, random);
      var text = new StringBuilder();
      string.forEach(text::append);
      int target = random.nextInt(distinct);
      if (splitOf(text.toString()) == split) {
        return new Question(
            "B" + text + "|" + used.get(target) + ":", Integer.toString(counts.get(target)));
      }
    }
    throw new IllegalStateException(
        "CountingTask: expected strings on both sides of the split, got none for %s with %s; use more letters"
            .formatted(split, this));
  }
}
