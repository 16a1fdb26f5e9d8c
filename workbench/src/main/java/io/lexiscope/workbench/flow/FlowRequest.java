package io.lexiscope.workbench.flow;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for the forward pass as a graph.
///
/// @param choice the model
/// @param prompt what the model reads
/// @param readout what the graph shows
/// @param other the run it is held against; none when absent
/// @param interventions changes to the forward pass
public record FlowRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped Prompt prompt,
    @JsonUnwrapped FlowReadout readout,
    @Nullable FlowOther other,
    @Nullable List<InterventionSpec> interventions)
    implements Request<FlowResult> {
  /// Copies the list.
  public FlowRequest {
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
