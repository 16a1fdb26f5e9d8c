package io.lexiscope.workbench.values;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks where a model keeps the values of a task.
///
/// @param choice the model
/// @param task prompts with known values
/// @param at a hook point of blocks with a vector at each position; `hook_resid_post` when absent
/// @param layers from 0, negative from the end; all when absent
/// @param joined whether to read all positions as one vector too, as published; yes when absent
/// @param causal whether to move each value where it is read best; yes when absent
/// @param seed of draws and controls; 0 when absent
/// @param interventions changes to every forward pass
public record TraceValuesRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped ValueTask task,
    @Nullable String at,
    @Nullable List<Integer> layers,
    @Nullable Boolean joined,
    @Nullable Boolean causal,
    @Nullable Long seed,
    @Nullable List<InterventionSpec> interventions)
    implements Request<TraceValuesResult> {
  /// Copies the lists.
  public TraceValuesRequest {
    layers = layers == null ? null : List.copyOf(layers);
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
