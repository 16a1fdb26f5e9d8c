package io.lexiscope.analysis.ffn;

import java.util.Arrays;

/// A number measured on a sample, with its 95 % confidence interval.
///
/// @param value the estimate; NaN for an empty sample
/// @param low lower end of the interval
/// @param high upper end of the interval
/// @param n size of the sample
public record Estimate(double value, double low, double high, long n) {
  /// The 97.5 % quantile of the normal distribution.
  private static final double Z = 1.959964;

  /// A mean, by the normal approximation.
  public static Estimate mean(double[] sample) {
    int n = sample.length;
    double mean = Arrays.stream(sample).average().orElse(Double.NaN);
    if (n < 2) {
      return new Estimate(mean, Double.NaN, Double.NaN, n);
    }
    double square =
        Arrays.stream(sample).map(value -> (value - mean) * (value - mean)).sum() / (n - 1);
    double half = Z * Math.sqrt(square / n);
    return new Estimate(mean, mean - half, mean + half, n);
  }

  /// A proportion, by Wilson's interval.
  ///
  /// @param hits how many of the sample have the property
  /// @param n size of the sample
  /// @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson 1927</a>
  public static Estimate proportion(long hits, long n) {
    if (n == 0) {
      return new Estimate(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    double p = (double) hits / n;
    double z2 = Z * Z / n;
    double centre = (p + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n)) / (1 + z2);
    return new Estimate(p, Math.max(0, centre - half), Math.min(1, centre + half), n);
  }

  /// A median, with the distribution-free interval between two order statistics.
  public static Estimate median(double[] sample) {
    int n = sample.length;
    if (n == 0) {
      return new Estimate(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    int half = (int) Math.ceil(Z * Math.sqrt(n) / 2);
    return new Estimate(
        quantile(sorted, 0.5),
        sorted[Math.max(0, n / 2 - half)],
        sorted[Math.min(n - 1, (n - 1) / 2 + half)],
        n);
  }

  /// A quantile of a sorted sample, between neighbours by proportion.
  ///
  /// @param sorted ascending, not empty
  /// @param share 0 to 1
  public static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
