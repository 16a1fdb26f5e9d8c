package io.lexiscope.workbench.detox;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for a detoxification experiment: value vectors set to a coefficient, beside no change,
/// random vectors and a word filter (Geva et al. 2022, §6.1).
///
/// @param choice the model
/// @param data prompts, lexicon and texts
/// @param selection which vectors, set to what
/// @param measure how it is measured
/// @param interventions in force throughout, in the baseline too
public record DetoxRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped DetoxTexts data,
    @JsonUnwrapped DetoxSelection selection,
    @JsonUnwrapped DetoxMeasure measure,
    @Nullable List<InterventionSpec> interventions)
    implements Request<DetoxResult> {
  /// Copies the list.
  public DetoxRequest {
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
