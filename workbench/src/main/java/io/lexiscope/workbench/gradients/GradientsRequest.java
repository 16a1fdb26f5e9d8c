package io.lexiscope.workbench.gradients;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks what a gradient would write into the weights.
///
/// @param choice the model
/// @param prompt what the model reads
/// @param target what it moves towards
/// @param readout what to say of it
/// @param interventions changes to the forward pass
public record GradientsRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped Prompt prompt,
    @JsonUnwrapped GradientsTarget target,
    @JsonUnwrapped GradientsReadout readout,
    @Nullable List<InterventionSpec> interventions)
    implements Request<GradientsResult> {
  /// Copies the list.
  public GradientsRequest {
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
