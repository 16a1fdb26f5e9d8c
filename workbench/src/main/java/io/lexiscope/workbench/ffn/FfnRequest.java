package io.lexiscope.workbench.ffn;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks which neuron pushed which word: the feed-forward parts of a run as sums of sub-updates.
///
/// @param choice the model
/// @param prompt what the model reads
/// @param layers only these layers, from 0, negatives from the end; all when absent
/// @param positions only these positions, from 0, negatives from the end; the last when absent
/// @param readout what to say of each
/// @param interventions changes to the forward pass
public record FfnRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped Prompt prompt,
    @Nullable List<Integer> layers,
    @Nullable List<Integer> positions,
    @JsonUnwrapped FfnReadout readout,
    @Nullable List<InterventionSpec> interventions)
    implements Request<FfnResult> {
  /// Copies the lists.
  public FfnRequest {
    layers = layers == null ? null : List.copyOf(layers);
    positions = positions == null ? null : List.copyOf(positions);
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
