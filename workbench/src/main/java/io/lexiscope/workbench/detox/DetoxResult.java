package io.lexiscope.workbench.detox;

import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.Provenance;
import java.util.List;

/// A detoxification experiment.
///
/// @param model name of the model as it was asked for
/// @param baseline the model without the change
/// @param rows chosen vectors, controls, and the dose-response curve by rising dose
/// @param vectors the chosen value vectors
/// @param method how it was done
/// @param interventions the change, ready to be used elsewhere
/// @param seconds it took
/// @param provenance where the result comes from
public record DetoxResult(
    String model,
    DetoxRow baseline,
    List<DetoxRow> rows,
    List<DetoxVector> vectors,
    DetoxMethod method,
    List<InterventionSpec> interventions,
    double seconds,
    Provenance provenance) {
  /// Copies the lists.
  public DetoxResult {
    rows = List.copyOf(rows);
    vectors = List.copyOf(vectors);
    interventions = List.copyOf(interventions);
  }

  /// The row of the chosen vectors.
  public DetoxRow chosen() {
    return rows.stream().filter(row -> row.kind() == DetoxRowKind.CHOSEN).findFirst().orElseThrow();
  }
}
