package io.lexiscope.workbench.detox;

import io.lexiscope.analysis.detox.DetoxMethod;
import io.lexiscope.analysis.detox.DetoxRow;
import io.lexiscope.analysis.detox.DetoxRowKind;
import io.lexiscope.analysis.detox.DetoxVector;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// A detoxification experiment.
///
/// @param model name of the model as it was asked for
/// @param baseline the model without the change
/// @param rows chosen vectors, controls, and the dose-response curve by rising dose
/// @param vectors the chosen value vectors
/// @param setup how it was done
/// @param interventions the change, ready to be used elsewhere
/// @param seconds it took
/// @param provenance where the result comes from
public record DetoxResult(
    String model,
    DetoxRow baseline,
    List<DetoxRow> rows,
    List<DetoxVector> vectors,
    DetoxMethod setup,
    List<InterventionSpec> interventions,
    double seconds,
    Provenance provenance)
    implements Result {
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

  @Override
  public String method() {
    return "Toxic is what the lexicon says of continuations of these prompts; harm in other words"
        + " is not seen, nor what else the vectors serve.";
  }
}
