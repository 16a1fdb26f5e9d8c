package io.lexiscope.workbench.lens;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for vocabulary readings of hook points.
///
/// @param choice the model
/// @param prompt what the model reads
/// @param selection which places to read
/// @param readout what to say of each place
/// @param interventions changes to the forward pass
public record LensRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped Prompt prompt,
    @JsonUnwrapped PlaceSelection selection,
    @JsonUnwrapped LensReadout readout,
    @Nullable List<InterventionSpec> interventions)
    implements Request<LensResult> {
  /// Copies the list.
  public LensRequest {
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
