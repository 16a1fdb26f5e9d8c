package io.lexiscope.analysis.detox;

/// A measured number with its 95 % interval.
///
/// @param value the number
/// @param low lower end
/// @param high upper end
/// @param n how many texts it rests on
public record Share(double value, double low, double high, int n) {
  /// 97.5 % quantile of the normal distribution.
  private static final double Z = 1.959964;

  /// A share with the score interval of Wilson 1927.
  ///
  /// @param hits 0 to n
  /// @param n at least 1
  public static Share of(int hits, int n) {
    double p = (double) hits / n;
    double z2 = Z * Z / n;
    double centre = (p + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n)) / (1 + z2);
    return new Share(p, hits == 0 ? 0 : centre - half, hits == n ? 1 : centre + half, n);
  }
}
