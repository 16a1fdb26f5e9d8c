package io.lexiscope.model.parity;

import java.util.List;
import java.util.Map;

/// How far a model's numbers lie from a reference's.
///
/// @param passed whether everything known is within the tolerance
/// @param tolerance largest absolute difference allowed
/// @param maxAbsDiff largest absolute difference by name; infinite where shapes differ or a number
///   is NaN; for token ids the number of positions that differ
/// @param unknown names in the file that nothing here corresponds to
public record ParityReport(
    boolean passed, double tolerance, Map<String, Double> maxAbsDiff, List<String> unknown) {

  /// The largest difference of all.
  public double worst() {
    return maxAbsDiff.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }
}
