package io.lexiscope.analysis.exit;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Mlp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Learns rules on some examples and tests them on others, several times over. The tests of
/// different times share no example.
///
/// @param examples to learn from
/// @param heldOut to tune thresholds on and, others of them, to test on; null to test on a tenth of
///   `examples` each time and learn from the rest
/// @param splits how many times, 1 to 10
/// @param price what it costs to read the vocabulary once and stay, in layers
public record ExitExperiment(
    ExitTraces examples, @Nullable ExitTraces heldOut, int splits, double price) {
  /// Most times, and the share of examples that is left out each time.
  public static final int MOST_SPLITS = 10;

  /// Share of the held-out examples that thresholds are tuned on and nothing is tested on.
  private static final double CALIBRATED_ON = 0.3;

  /// Checks the numbers.
  ///
  /// @throws ExitException if there are too few examples, or too many splits
  public ExitExperiment {
    if (splits < 1 || splits > MOST_SPLITS) {
      throw new ExitException(
          "exit: expected 1 to %d splits, got %d".formatted(MOST_SPLITS, splits));
    }
    int least = 2 * MOST_SPLITS;
    int tests = heldOut == null ? least : heldOut.size() - calibration(heldOut);
    if (examples.size() < least || tests < splits) {
      throw new ExitException(
          "exit: expected at least %d examples to learn from and %d to test on, got %d and %d; give more texts"
              .formatted(least, splits, examples.size(), tests));
    }
  }

  /// What it costs to read the vocabulary at one position, in layers: weights of the unembedding
  /// over those of a block.
  public static double readingCost(Architecture architecture) {
    Attention.Heads heads = architecture.block().attention().heads();
    double attention = 2.0 * heads.queryWidth() + 2.0 * heads.keyWidth();
    double mlp =
        (architecture.block().mlp() instanceof Mlp.Gated ? 3.0 : 2.0)
            * architecture.dimensions().dMlp();
    return architecture.dimensions().vocabulary() / (attention + mlp);
  }

  /// What rules gave.
  ///
  /// @param scores by rule, one for each split; the ceiling `oracle` and the floor `never` too
  /// @param chosen the rule chosen in each split, by what was learned from
  /// @param first the rules learned in the first split
  public record Outcome(
      Map<String, List<ExitScore>> scores, List<String> chosen, LearnedRules first) {
    /// Copies the collections.
    public Outcome {
      scores = new LinkedHashMap<>(scores);
      chosen = List.copyOf(chosen);
    }
  }

  /// Hears of each split done; what it throws ends the work.
  @FunctionalInterface
  public interface SplitListener {
    /// Some splits are done.
    void done(int splits);
  }

  /// Learns and tests.
  ///
  /// @param learner learns; its seed also parts the examples
  public Outcome run(ExitLearner learner, SplitListener listener) {
    Map<String, List<ExitScore>> scores = new LinkedHashMap<>();
    List<String> chosen = new ArrayList<>();
    LearnedRules first = null;
    RandomGenerator random = Seeded.LXM.from(learner.seed());
    int[] order = order(examples, random);
    int[] unseen = heldOut == null ? order : order(heldOut, random);
    int[] tests = Arrays.copyOfRange(unseen, calibration(), unseen.length);
    ExitTraces calibration =
        heldOut == null ? null : heldOut.select(Arrays.copyOf(unseen, calibration()));
    for (int split = 0; split < splits; split++) {
      LearnedRules learned = learner.learn(learnedFrom(order, split), calibration, price);
      ExitTraces test = tested(tests, split);
      add(scores, "never", ExitScore.never(test));
      for (LearnedRules.Named rule : learned.rules()) {
        add(scores, rule.name(), ExitScore.of(rule.rule(), test));
      }
      add(scores, "oracle", ExitScore.oracle(test));
      chosen.add(learned.chosen());
      first = first == null ? learned : first;
      listener.done(split + 1);
    }
    return new Outcome(scores, chosen, java.util.Objects.requireNonNull(first));
  }

  /// How many held-out examples thresholds are tuned on; 0 where there are none.
  public int calibration() {
    return heldOut == null ? 0 : calibration(heldOut);
  }

  private static int calibration(ExitTraces heldOut) {
    return (int) Math.round(heldOut.size() * CALIBRATED_ON);
  }

  private static void add(Map<String, List<ExitScore>> scores, String name, ExitScore score) {
    scores.computeIfAbsent(name, key -> new ArrayList<>()).add(score);
  }

  private static int[] order(ExitTraces traces, RandomGenerator random) {
    int[] order = IntStream.range(0, traces.size()).toArray();
    Seeded.shuffle(order, random);
    return order;
  }

  /// All but the split's tenth.
  private ExitTraces learnedFrom(int[] order, int split) {
    int from = part(order.length, split, MOST_SPLITS);
    int to = part(order.length, split + 1, MOST_SPLITS);
    return examples.select(
        IntStream.concat(Arrays.stream(order, 0, from), Arrays.stream(order, to, order.length))
            .toArray());
  }

  private ExitTraces tested(int[] order, int split) {
    int parts = heldOut == null ? MOST_SPLITS : splits;
    int[] chosen =
        Arrays.copyOfRange(
            order, part(order.length, split, parts), part(order.length, split + 1, parts));
    return (heldOut == null ? examples : heldOut).select(chosen);
  }

  private static int part(int length, int part, int parts) {
    return (int) ((long) length * part / parts);
  }
}
