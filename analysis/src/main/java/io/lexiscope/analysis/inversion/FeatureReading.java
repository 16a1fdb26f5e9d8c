package io.lexiscope.analysis.inversion;

import io.lexiscope.base.Estimate;

/// How far the inputs of a set share a feature with the query.
///
/// @param name of the feature
/// @param value that the query has
/// @param consistency share of the set with the query's value, with the interval of Wilson
/// @param baseRate share of all inputs with it
public record FeatureReading(String name, String value, Estimate consistency, double baseRate) {

  /// How many times as frequent the value is in the set as in all inputs; 1 where the set tells
  /// nothing.
  public double lift() {
    return consistency.value() / baseRate;
  }

  /// Whether the whole set shares the value, and not because nearly all inputs do.
  ///
  /// @param least consistency that counts
  public boolean isRead(double least) {
    return consistency.value() >= least && consistency.low() > baseRate;
  }
}
