package io.lexiscope.workbench.attribution;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks which components wrote a word, or one word over another, into the residual stream at a
/// place.
///
/// @param choice the model
/// @param prompt what the model reads
/// @param where the place and the words
/// @param top how many contributions to list one by one, the rest summed as `others`; 20 when
///   absent
/// @param interventions changes to the forward pass
public record AttributionRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped Prompt prompt,
    @JsonUnwrapped AttributionTarget where,
    @Nullable Integer top,
    @Nullable List<InterventionSpec> interventions)
    implements Request<AttributionResult> {
  /// Copies the list.
  public AttributionRequest {
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
