package io.lexiscope.tensor.testing;

/// How far an actual number may lie from the expected one: `|actual − expected| ≤ absolute +
/// relative · |expected|`.
public record Tolerance(double absolute, double relative) {

  /// Not a bit apart.
  public static Tolerance exact() {
    return new Tolerance(0, 0);
  }

  /// A bound on the absolute difference alone.
  public static Tolerance within(double absolute) {
    return new Tolerance(absolute, 0);
  }
}
