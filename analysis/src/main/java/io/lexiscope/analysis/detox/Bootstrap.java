package io.lexiscope.analysis.detox;

import io.lexiscope.base.Estimate;
import io.lexiscope.base.Seeded;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// Percentile intervals of statistics over texts, by drawing the texts anew with replacement; the
/// same seed gives the same interval.
///
/// @param draws how often
/// @param seed of the draws
public record Bootstrap(int draws, long seed) {
  /// A thousand draws.
  public static Bootstrap standard(long seed) {
    return new Bootstrap(1000, seed);
  }

  /// A statistic and its 95 % interval. Draws in which the statistic is not a number do not count.
  ///
  /// @param texts how many texts there are
  /// @param statistic takes the indices of the texts drawn
  public Estimate interval(int texts, ToDoubleFunction<int[]> statistic) {
    int[] all = new int[texts];
    Arrays.setAll(all, i -> i);
    RandomGenerator random = Seeded.SPLIT_MIX.from(seed);
    double[] drawn = new double[draws];
    int[] indices = new int[texts];
    for (int draw = 0; draw < draws; draw++) {
      for (int i = 0; i < texts; i++) {
        indices[i] = random.nextInt(texts);
      }
      drawn[draw] = statistic.applyAsDouble(indices);
    }
    double[] sorted = Arrays.stream(drawn).filter(x -> !Double.isNaN(x)).sorted().toArray();
    double value = statistic.applyAsDouble(all);
    if (sorted.length == 0) {
      return new Estimate(value, Double.NaN, Double.NaN, texts);
    }
    return new Estimate(value, quantile(sorted, 0.025), quantile(sorted, 0.975), texts);
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
