package io.lexiscope.workbench.values;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks what happens when a value is moved.
///
/// @param choice the model
/// @param task prompts with known values
/// @param value which is moved; the first when absent
/// @param where at which place
/// @param moved prompts that are moved; 40 when absent
/// @param doses wanted values; 21 when absent
/// @param seed of draws and controls; 0 when absent
/// @param interventions changes to every forward pass
public record MoveValueRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped ValueTask task,
    @Nullable String value,
    @JsonUnwrapped MovePlace where,
    @Nullable Integer moved,
    @Nullable Integer doses,
    @Nullable Long seed,
    @Nullable List<InterventionSpec> interventions)
    implements Request<MoveValueResult> {
  /// Copies the list.
  public MoveValueRequest {
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
