package io.lexiscope.analysis.detox;

import java.util.List;

/// What a detoxification experiment found.
///
/// @param baseline the model without the change
/// @param rows chosen vectors, controls, and the dose-response curve by rising dose
/// @param vectors the chosen value vectors
/// @param coefficient what they are set to
/// @param method how it was done
public record DetoxReport(
    DetoxRow baseline,
    List<DetoxRow> rows,
    List<DetoxVector> vectors,
    double coefficient,
    DetoxMethod method) {
  /// Copies the lists.
  public DetoxReport {
    rows = List.copyOf(rows);
    vectors = List.copyOf(vectors);
  }

  /// The row of the chosen vectors.
  public DetoxRow chosen() {
    return rows.stream().filter(row -> row.kind() == DetoxRowKind.CHOSEN).findFirst().orElseThrow();
  }
}
