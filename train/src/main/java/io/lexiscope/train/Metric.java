package io.lexiscope.train;

import io.lexiscope.base.Estimate;

/// A measured quality.
///
/// @param name of the measurement, such as `facts-withheld`
/// @param value a share from 0 to 1, or a coefficient of determination
/// @param low lower end of the 95 % interval
/// @param high upper end of the 95 % interval
/// @param questions how many questions it rests on
public record Metric(String name, double value, double low, double high, int questions) {
  /// A share.
  public static Metric share(String name, long hits, int questions) {
    return of(name, Estimate.proportion(hits, questions));
  }

  /// A coefficient of determination.
  static Metric determination(String name, double value, int questions) {
    return of(name, Estimate.determination(value, questions));
  }

  private static Metric of(String name, Estimate measured) {
    return new Metric(
        name, measured.value(), measured.low(), measured.high(), Math.toIntExact(measured.n()));
  }
}
