package io.lexiscope.train;

/// A measured quality.
///
/// @param name of the measurement, such as `facts-withheld`
/// @param value a share from 0 to 1, or a coefficient of determination
/// @param low lower end of the 95 % interval
/// @param high upper end of the 95 % interval
/// @param questions how many questions it rests on
public record Metric(String name, double value, double low, double high, int questions) {
  /// 97.5 % quantile of the normal distribution.
  private static final double Z = 1.959964;

  /// A share with the score interval of Wilson 1927.
  public static Metric share(String name, long hits, int questions) {
    double p = (double) hits / questions;
    double z2 = Z * Z / questions;
    double centre = (p + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(p * (1 - p) / questions + z2 / (4 * questions)) / (1 + z2);
    return new Metric(
        name, p, hits == 0 ? 0 : centre - half, hits == questions ? 1 : centre + half, questions);
  }

  /// A coefficient of determination with the normal interval of Fisher's transform of its root;
  /// where it is not positive the interval is the value.
  static Metric determination(String name, double value, int questions) {
    if (value <= 0 || value >= 1 || questions < 4) {
      return new Metric(name, value, value, value, questions);
    }
    double transformed = Math.log((1 + Math.sqrt(value)) / (1 - Math.sqrt(value))) / 2;
    double half = Z / Math.sqrt(questions - 3.0);
    double low = Math.tanh(Math.max(0, transformed - half));
    double high = Math.tanh(transformed + half);
    return new Metric(name, value, low * low, high * high, questions);
  }
}
