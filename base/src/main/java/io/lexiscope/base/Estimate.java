package io.lexiscope.base;

import java.util.Arrays;

/// A number measured on a sample, with its 95 % confidence interval.
///
/// @param value the estimate; NaN for an empty sample
/// @param low lower end of the interval; NaN where the sample is too small for one
/// @param high upper end of the interval; NaN where the sample is too small for one
/// @param n size of the sample
public record Estimate(double value, double low, double high, long n) {
  /// What lies outside of an interval.
  private static final double OUTSIDE = 0.05;

  /// The 97.5 % quantile of the normal distribution.
  private static final double Z = 1.959964;

  /// A proportion, with the score interval of Wilson.
  ///
  /// @param hits how many of the sample have the property
  /// @param n size of the sample
  /// @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson 1927</a>
  public static Estimate proportion(long hits, long n) {
    if (n == 0) {
      return none();
    }
    double p = (double) hits / n;
    double z2 = Z * Z / n;
    double centre = (p + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n)) / (1 + z2);
    return new Estimate(p, hits == 0 ? 0 : centre - half, hits == n ? 1 : centre + half, n);
  }

  /// A mean, by the normal approximation.
  public static Estimate mean(double... sample) {
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

  /// A median, with an interval that holds the true one with at least 95 % confidence, whatever the
  /// distribution.
  ///
  /// The ends are order statistics: of n numbers the j-th smallest and largest, with the largest j
  /// for which `2·P(Binomial(n, ½) < j) ≤ 0.05`. Fewer than six have no such j; then it is all of
  /// them.
  ///
  /// @see <a href="https://doi.org/10.1002/9781118150504">Hahn and Meeker 2017, §5.2</a>
  public static Estimate median(double... sample) {
    int n = sample.length;
    if (n == 0) {
      return none();
    }
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    int left = leftOut(n);
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new Estimate(median, sorted[left], sorted[n - 1 - left], n);
  }

  /// How many numbers lie outside at each end: one less than j.
  private static int leftOut(int n) {
    // A term may be smaller than any double, so its logarithm is kept.
    double term = -n * Math.log(2);
    double below = Math.exp(term);
    int outside = 0;
    for (int k = 0; 2 * below <= OUTSIDE; ) {
      outside = k;
      k++;
      term += Math.log((n - k + 1) / (double) k);
      below += Math.exp(term);
    }
    return outside;
  }

  /// A coefficient of determination, with the normal interval of Fisher's transform of its root.
  /// Where that has none (a value outside of 0 to 1, fewer than four of a sample) the interval is
  /// the value.
  ///
  /// @param value the coefficient
  /// @param n size of the sample
  /// @see <a href="https://doi.org/10.2307/2331838">Fisher 1915</a>
  public static Estimate determination(double value, long n) {
    if (value <= 0 || value >= 1 || n < 4) {
      return new Estimate(value, value, value, n);
    }
    double transformed = Math.log((1 + Math.sqrt(value)) / (1 - Math.sqrt(value))) / 2;
    double half = Z / Math.sqrt(n - 3.0);
    double low = Math.tanh(Math.max(0, transformed - half));
    double high = Math.tanh(transformed + half);
    return new Estimate(value, low * low, high * high, n);
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

  private static Estimate none() {
    return new Estimate(Double.NaN, Double.NaN, Double.NaN, 0);
  }
}
