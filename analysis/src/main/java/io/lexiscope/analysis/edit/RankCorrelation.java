package io.lexiscope.analysis.edit;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Whether two lists of numbers have one order.
public final class RankCorrelation {
  private RankCorrelation() {}

  /// Spearman's ρ, equal numbers sharing their mean rank; NaN for fewer than two, or where all of
  /// one list are equal.
  public static double spearman(double[] a, double[] b) {
    if (a.length < 2) {
      return Double.NaN;
    }
    double[] ranksA = ranks(a);
    double[] ranksB = ranks(b);
    double mean = (a.length - 1) / 2.0;
    double both = 0;
    double ownA = 0;
    double ownB = 0;
    for (int i = 0; i < a.length; i++) {
      both += (ranksA[i] - mean) * (ranksB[i] - mean);
      ownA += (ranksA[i] - mean) * (ranksA[i] - mean);
      ownB += (ranksB[i] - mean) * (ranksB[i] - mean);
    }
    return both / Math.sqrt(ownA * ownB);
  }

  private static double[] ranks(double[] numbers) {
    List<Integer> order =
        IntStream.range(0, numbers.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> numbers[i]))
            .toList();
    double[] ranks = new double[numbers.length];
    for (int from = 0; from < order.size(); ) {
      int to = from;
      while (to + 1 < order.size() && numbers[order.get(to + 1)] == numbers[order.get(from)]) {
        to++;
      }
      for (int i = from; i <= to; i++) {
        ranks[order.get(i)] = (from + to) / 2.0;
      }
      from = to + 1;
    }
    return ranks;
  }
}
