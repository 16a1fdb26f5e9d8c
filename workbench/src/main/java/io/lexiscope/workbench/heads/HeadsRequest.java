package io.lexiscope.workbench.heads;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks where attention heads look and what they move.
///
/// @param choice the model
/// @param prompt what the model reads
/// @param selection which heads
/// @param readout what to say of each
/// @param finding whether they are scored over prompts
/// @param interventions changes to the forward pass
public record HeadsRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped Prompt prompt,
    @JsonUnwrapped HeadsSelection selection,
    @JsonUnwrapped HeadsReadout readout,
    @JsonUnwrapped HeadsFinding finding,
    @Nullable List<InterventionSpec> interventions)
    implements Request<HeadsResult> {
  /// Copies the list.
  public HeadsRequest {
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
