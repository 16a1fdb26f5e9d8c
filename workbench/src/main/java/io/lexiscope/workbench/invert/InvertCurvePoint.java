package io.lexiscope.workbench.invert;

import java.util.List;

/// The set at another bound.
///
/// @param epsilon the bound
/// @param size inputs within it
/// @param consistency of each feature, in their order; absent where the set is empty
public record InvertCurvePoint(double epsilon, int size, List<Double> consistency) {
  /// Copies the list.
  public InvertCurvePoint {
    consistency = List.copyOf(consistency);
  }
}
