package io.lexiscope.analysis.tracing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The score that an answer needs, f_p, beside the score that the rewritten prompt has, f_a.
final class NeededScores {
  private NeededScores() {}

  private record Point(double value, double score) {}

  /// Adds the pairs of one prompt. What value an answer stands for is told by the line through the
  /// answers of its rewritten prompts; f_p between doses is linear, and has no pair outside of what
  /// the doses reach.
  ///
  /// @param curve the doses
  /// @param moved answers by dose
  /// @param rewritten answers of rewritten prompts by dose, NaN where there is none
  /// @param scores of rewritten prompts by dose, NaN likewise
  /// @param needed takes f_p
  /// @param actual takes f_a
  static void add(
      List<ValueMove.Dose> curve,
      double[] moved,
      double[] rewritten,
      double[] scores,
      List<Double> needed,
      List<Double> actual) {
    List<Integer> known =
        IntStream.range(0, moved.length)
            .filter(g -> Double.isFinite(rewritten[g]))
            .boxed()
            .toList();
    if (known.size() < 3) {
      return;
    }
    double n = known.size();
    double x = known.stream().mapToDouble(g -> curve.get(g).value()).sum() / n;
    double y = known.stream().mapToDouble(g -> rewritten[g]).sum() / n;
    double xx = known.stream().mapToDouble(g -> Math.pow(curve.get(g).value() - x, 2)).sum();
    double xy =
        known.stream().mapToDouble(g -> (curve.get(g).value() - x) * (rewritten[g] - y)).sum();
    double slope = xy / xx;
    if (!(Math.abs(slope) > 0)) {
      return;
    }
    List<Point> points = new ArrayList<>();
    for (int g = 0; g < moved.length; g++) {
      points.add(new Point(x + (moved[g] - y) / slope, curve.get(g).score()));
    }
    points.sort(Comparator.comparingDouble(Point::value));
    for (int g : known) {
      double value = curve.get(g).value();
      for (int i = 1; i < points.size() && curve.get(g).inside(); i++) {
        Point low = points.get(i - 1);
        Point high = points.get(i);
        if (low.value() <= value && value <= high.value() && high.value() > low.value()) {
          double share = (value - low.value()) / (high.value() - low.value());
          needed.add(low.score() + share * (high.score() - low.score()));
          actual.add(scores[g]);
          break;
        }
      }
    }
  }

  /// `1 − Σ(y − ŷ)² / Σ(y − ȳ)²`; NaN where y does not vary.
  static double determination(List<Double> y, List<Double> predicted) {
    double mean = y.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    double left = 0;
    double all = 0;
    for (int i = 0; i < y.size(); i++) {
      left += Math.pow(y.get(i) - predicted.get(i), 2);
      all += Math.pow(y.get(i) - mean, 2);
    }
    return all > 0 ? 1 - left / all : Double.NaN;
  }
}
