package io.lexiscope.analysis.exit;

import io.lexiscope.base.Estimate;
import java.util.List;
import java.util.stream.IntStream;

/// What a rule gives on test examples.
///
/// @param examples how many
/// @param right how many of them agree with the whole network where they left
/// @param saved layers saved, over all examples
/// @param savedByRight layers saved by the examples that agree
/// @param leftAt examples that left after each layer; the last layer's are those that did not leave
public record ExitScore(
    int examples, int right, long saved, long savedByRight, List<Integer> leftAt) {
  /// Copies the list.
  public ExitScore {
    leftAt = List.copyOf(leftAt);
  }

  /// Tries a rule.
  ///
  /// @throws ExitException if there is no example
  public static ExitScore of(LearnedRule rule, ExitTraces traces) {
    return of(traces, example -> leaving(rule, traces, example));
  }

  /// The layer that a rule leaves an example at.
  static int leaving(LearnedRule rule, ExitTraces traces, int example) {
    int last = traces.layers() - 1;
    int layer = 0;
    while (layer < last && !rule.leaves(layer, traces.sight(example, layer))) {
      layer++;
    }
    return layer;
  }

  /// A rule that never leaves.
  ///
  /// @throws ExitException if there is no example
  public static ExitScore never(ExitTraces traces) {
    return of(traces, example -> traces.layers() - 1);
  }

  /// A rule that leaves exactly at saturation, knowing where: the most that any can save without a
  /// token that differs, were it to leave for good.
  ///
  /// @throws ExitException if there is no example
  public static ExitScore oracle(ExitTraces traces) {
    return of(traces, traces::saturation);
  }

  private static ExitScore of(ExitTraces traces, java.util.function.IntUnaryOperator leaving) {
    if (traces.size() == 0) {
      throw new ExitException("exit: expected at least one example to test on, got none");
    }
    int last = traces.layers() - 1;
    int[] counts = new int[traces.layers()];
    int right = 0;
    long saved = 0;
    long savedByRight = 0;
    for (int example = 0; example < traces.size(); example++) {
      int layer = leaving.applyAsInt(example);
      counts[layer]++;
      saved += last - layer;
      if (traces.right(example, layer)) {
        right++;
        savedByRight += last - layer;
      }
    }
    return new ExitScore(
        traces.size(), right, saved, savedByRight, IntStream.of(counts).boxed().toList());
  }

  /// Share of examples whose prediction where they left is the whole network's.
  public double agreement() {
    return (double) right / examples;
  }

  /// Whether other examples may be expected to agree as often: whether the lower end of the 95 %
  /// interval of the agreement does.
  boolean keeps(double agreement) {
    return Estimate.proportion(right, examples).low() >= agreement;
  }

  /// Layers saved on average over all examples.
  public double savedLayers() {
    return (double) saved / examples;
  }

  /// Layers saved on average over the examples that agree, as the paper counts; 0 where none does.
  public double savedLayersOfRight() {
    return right == 0 ? 0 : (double) savedByRight / right;
  }

  /// These examples and others.
  public ExitScore and(ExitScore more) {
    return new ExitScore(
        examples + more.examples,
        right + more.right,
        saved + more.saved,
        savedByRight + more.savedByRight,
        IntStream.range(0, leftAt.size())
            .mapToObj(layer -> leftAt.get(layer) + more.leftAt.get(layer))
            .toList());
  }
}
