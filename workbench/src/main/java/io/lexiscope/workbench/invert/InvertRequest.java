package io.lexiscope.workbench.invert;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks which inputs share an activation (Huang et al. 2024).
///
/// @param choice the model
/// @param prompt the query
/// @param site which activation of it
/// @param search where members are looked for
/// @param readout what is said of them
/// @param draws inputs drawn where no text is given; 20,000 when absent
/// @param seed of everything random, 0 when absent
/// @param interventions changes to every forward pass
public record InvertRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped Prompt prompt,
    @JsonUnwrapped InvertSite site,
    @JsonUnwrapped InvertSearch search,
    @JsonUnwrapped InvertReadout readout,
    @Nullable Integer draws,
    @Nullable Long seed,
    @Nullable List<InterventionSpec> interventions)
    implements Request<InvertResult> {
  /// Copies the list.
  public InvertRequest {
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
