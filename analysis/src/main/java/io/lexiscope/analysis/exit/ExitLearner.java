package io.lexiscope.analysis.exit;

import io.lexiscope.base.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Learns rules from examples, and never sees those they are tested on.
///
/// Thresholds are the lowest that keep the agreement, by the lower end of its interval, on examples
/// that nothing was learned from: those given for it, or else a part of the examples.
///
/// @param agreement share of predictions that must be the whole network's where a threshold is
///   tuned, at the lower end of Wilson's 95 % interval
/// @param seed of the parting
/// @param clusters for a sub-update rule that is to run in generation; may be null
public record ExitLearner(double agreement, long seed, @Nullable SubUpdateClusters clusters) {
  /// The rules that are learned, by name.
  public static final List<String> RULES =
      List.of("sub-updates", "sub-updates-rank", "confidence", "confidence-layers", "probe");

  /// Share of the examples that thresholds are tuned on.
  private static final double TUNED_ON = 0.3;

  /// Most layers for which every choice of layers to look at is tried.
  private static final int ALL_CHOICES = 8;

  /// Checks the agreement.
  public ExitLearner {
    if (!(agreement > 0 && agreement <= 1)) {
      throw new ExitException(
          "exit: expected an agreement above 0 and up to 1, got %s".formatted(agreement));
    }
  }

  /// The examples in two parts.
  private record Parts(ExitTraces learned, ExitTraces tuned) {}

  private Parts parts(ExitTraces traces, @Nullable ExitTraces calibration) {
    if (calibration != null) {
      return new Parts(traces, calibration);
    }
    int[] order = IntStream.range(0, traces.size()).toArray();
    Seeded.shuffle(order, Seeded.LXM.from(seed));
    int tuned = (int) Math.round(traces.size() * TUNED_ON);
    if (tuned < 1 || tuned == traces.size()) {
      throw new ExitException(
          "exit: expected examples to learn from and to tune on, got %d; give more texts"
              .formatted(traces.size()));
    }
    return new Parts(
        traces.select(Arrays.copyOfRange(order, tuned, order.length)),
        traces.select(Arrays.copyOf(order, tuned)));
  }

  /// All rules, and the one to use.
  ///
  /// @param traces the examples
  /// @param price what it costs to read the vocabulary once and stay, in layers
  public LearnedRules learn(ExitTraces traces, double price) {
    return learn(traces, /* calibration= */ null, price);
  }

  /// All rules, and the one to use.
  ///
  /// @param traces the examples
  /// @param calibration other ones, to tune thresholds on; a part of the examples when null
  /// @param price what it costs to read the vocabulary once and stay, in layers
  public LearnedRules learn(ExitTraces traces, @Nullable ExitTraces calibration, double price) {
    Parts parts = parts(traces, calibration);
    ExitTraces unseen = calibration == null ? traces : calibration;
    List<LearnedRules.Named> rules = new ArrayList<>();
    for (Overlap overlap : Overlap.values()) {
      // Examples that it remembers are no test of it.
      SubUpdateRule tried = SubUpdateRule.learn(parts.learned(), overlap, clusters);
      rules.add(
          new LearnedRules.Named(
              overlap == Overlap.SET ? "sub-updates" : "sub-updates-rank",
              subUpdates(traces, overlap),
              ExitScore.of(tried, parts.tuned()),
              gain(tried, parts.tuned(), /* price= */ 0)));
    }
    ConfidenceRule everywhere = confidence(unseen);
    ConfidenceRule where = confidence(unseen, price);
    ProbeRule probe = probe(traces, calibration);
    rules.add(named("confidence", everywhere, parts.tuned(), price));
    rules.add(named("confidence-layers", where, parts.tuned(), price));
    rules.add(named("probe", probe, parts.tuned(), /* price= */ 0));
    return LearnedRules.choosing(rules, agreement);
  }

  private static LearnedRules.Named named(
      String name, LearnedRule rule, ExitTraces tuned, double price) {
    return new LearnedRules.Named(name, rule, ExitScore.of(rule, tuned), gain(rule, tuned, price));
  }

  /// The paper's rule; nothing in it is tuned.
  public SubUpdateRule subUpdates(ExitTraces traces, Overlap overlap) {
    return SubUpdateRule.learn(traces, overlap, clusters);
  }

  /// One threshold of confidence for every layer.
  public ConfidenceRule confidence(ExitTraces traces) {
    boolean[] all = new boolean[traces.layers() - 1];
    Arrays.fill(all, true);
    return confidence(traces, all);
  }

  /// One threshold of confidence, and only those layers looked at where looking pays: reading the
  /// vocabulary and staying costs `price` layers.
  ///
  /// @param price what it costs to read the vocabulary once, in layers
  public ConfidenceRule confidence(ExitTraces traces, double price) {
    int layers = traces.layers() - 1;
    ConfidenceRule best = confidence(traces, new boolean[layers]);
    double most = 0;
    for (boolean[] looked : choices(layers)) {
      ConfidenceRule rule = confidence(traces, looked);
      double gained = gain(rule, traces, price);
      if (gained > most) {
        most = gained;
        best = rule;
      }
    }
    return best;
  }

  private static List<boolean[]> choices(int layers) {
    List<boolean[]> choices = new ArrayList<>();
    if (layers <= ALL_CHOICES) {
      for (int set = 1; set < 1 << layers; set++) {
        boolean[] looked = new boolean[layers];
        for (int layer = 0; layer < layers; layer++) {
          looked[layer] = (set >> layer & 1) != 0;
        }
        choices.add(looked);
      }
      return choices;
    }
    for (int first = 0; first < layers; first++) {
      for (int every = 1; every <= layers; every++) {
        boolean[] looked = new boolean[layers];
        for (int layer = first; layer < layers; layer += every) {
          looked[layer] = true;
        }
        choices.add(looked);
      }
    }
    return choices;
  }

  /// Layers saved on average, less what looking cost. The last look costs nothing: the logits taken
  /// have to be computed anyway.
  private static double gain(LearnedRule rule, ExitTraces traces, double price) {
    double gained = 0;
    int last = traces.layers() - 1;
    for (int example = 0; example < traces.size(); example++) {
      int left = ExitScore.leaving(rule, traces, example);
      long looks = IntStream.range(0, left).filter(rule::looksAt).count();
      gained += last - left - price * looks;
    }
    return gained / traces.size();
  }

  /// The confidence is not learned, so that all examples can tune its threshold.
  private ConfidenceRule confidence(ExitTraces traces, boolean[] looked) {
    float[] candidates = new float[traces.size() * (traces.layers() - 1)];
    int count = 0;
    for (int example = 0; example < traces.size(); example++) {
      for (int layer = 0; layer < looked.length; layer++) {
        if (looked[layer]) {
          candidates[count++] = traces.sight(example, layer).confidence();
        }
      }
    }
    Arrays.sort(candidates, 0, count);
    return lowest(
        traces, candidates, count, threshold -> ConfidenceRule.of(thresholds(looked, threshold)));
  }

  private static double[] thresholds(boolean[] looked, double threshold) {
    double[] all = new double[looked.length];
    for (int layer = 0; layer < all.length; layer++) {
      all[layer] = looked[layer] ? threshold : 2;
    }
    return all;
  }

  /// Logistic regressions on the stream, with one threshold for all of them.
  private ProbeRule probe(ExitTraces traces, @Nullable ExitTraces calibration) {
    Parts parts = parts(traces, calibration);
    List<LinearProbe> probes = new ArrayList<>();
    for (int layer = 0; layer < traces.layers() - 1; layer++) {
      List<float[]> states = new ArrayList<>();
      boolean[] right = new boolean[parts.learned().size()];
      for (int example = 0; example < right.length; example++) {
        states.add(parts.learned().sight(example, layer).state());
        right[example] = parts.learned().right(example, layer);
      }
      probes.add(LinearProbe.learn(states, right, seed));
    }
    float[] scores = new float[parts.tuned().size() * probes.size()];
    for (int i = 0; i < scores.length; i++) {
      int layer = i % probes.size();
      scores[i] =
          (float) probes.get(layer).score(parts.tuned().sight(i / probes.size(), layer).state());
    }
    Arrays.sort(scores);
    return lowest(
        parts.tuned(), scores, scores.length, threshold -> new ProbeRule(probes, threshold));
  }

  /// The rule with the lowest of the thresholds with which the agreement holds, to within a
  /// bisection over their order; one above all of them if none does.
  private <R extends LearnedRule> R lowest(
      ExitTraces traces, float[] sorted, int count, java.util.function.DoubleFunction<R> rule) {
    int holds = count;
    int fails = -1;
    while (holds - fails > 1) {
      int middle = (holds + fails) >>> 1;
      if (ExitScore.of(rule.apply(sorted[middle]), traces).keeps(agreement)) {
        holds = middle;
      } else {
        fails = middle;
      }
    }
    return rule.apply(holds == count ? Double.POSITIVE_INFINITY : sorted[holds]);
  }
}
