package io.lexiscope.bench.measure;

import java.util.Arrays;

/// The median of measurements, and an interval that holds the true median with at least 95 %
/// confidence, whatever the distribution.
///
/// The ends are order statistics: of n measurements the j-th smallest and largest, with the largest
/// j for which `2·P(Binomial(n, ½) < j) ≤ 0.05`. Fewer than six have no such j; then it is all of
/// them.
///
/// @param median the middle measurement, the mean of both for an even number
/// @param low lower end
/// @param high upper end
/// @param count how many measurements
/// @see <a href="https://doi.org/10.1002/9781118150504">Hahn and Meeker 2017, §5.2</a>
public record Interval(double median, double low, double high, int count) {
  private static final double OUTSIDE = 0.05;

  /// Of measurements, in any order.
  public static Interval of(double... measurements) {
    if (measurements.length == 0) {
      throw new IllegalArgumentException("Interval: expected measurements, got none");
    }
    double[] sorted = measurements.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    int left = leftOut(n);
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new Interval(median, sorted[left], sorted[n - 1 - left], n);
  }

  /// How many measurements lie outside at each end: one less than j.
  private static int leftOut(int n) {
    double term = Math.pow(0.5, n);
    double below = term;
    int outside = 0;
    for (int k = 0; 2 * below <= OUTSIDE; ) {
      outside = k;
      k++;
      term *= (n - k + 1) / (double) k;
      below += term;
    }
    return outside;
  }
}
