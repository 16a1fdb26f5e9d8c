package io.lexiscope.model.parity;

import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;

/// Gathers comparisons at several places and keeps the one closest to its tolerance, which is a
/// fraction of the largest value there.
final class Difference {
  private static final double SMALLEST_SCALE = 1e-6;

  private final double relative;
  private SelfCheck.Compared tightest =
      new SelfCheck.Compared("nowhere", /* maxAbsDiff= */ Double.POSITIVE_INFINITY, 0);
  private double closest = -1;

  /// @param relative largest difference allowed, as a fraction of the largest expected value
  Difference(double relative) {
    this.relative = relative;
  }

  /// Compares two values of one shape.
  void at(String place, Tensor actual, Tensor expected) {
    at(place, actual, expected, /* among= */ expected);
  }

  /// Compares two values of one shape.
  ///
  /// @param among values of the same kind, whose largest is the scale
  void at(String place, Tensor actual, Tensor expected, Tensor among) {
    TensorScope.tidyRun(
        () -> {
          Tensor there = expected.to(DType.FLOAT64);
          double scale = Math.max(SMALLEST_SCALE, among.abs().max().item());
          double worst = actual.to(DType.FLOAT64).sub(there).abs().max().item();
          keep(place, worst, relative * scale);
        });
  }

  private void keep(String place, double worst, double tolerance) {
    boolean finite = Double.isFinite(worst) && Double.isFinite(tolerance);
    double ratio = finite ? worst / tolerance : Double.POSITIVE_INFINITY;
    if (ratio > closest) {
      closest = ratio;
      tightest =
          new SelfCheck.Compared(
              place, finite ? worst : Double.POSITIVE_INFINITY, finite ? tolerance : 0);
    }
  }

  SelfCheck.Compared tightest() {
    return tightest;
  }
}
