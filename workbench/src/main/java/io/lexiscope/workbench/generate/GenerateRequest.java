package io.lexiscope.workbench.generate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the model to continue a prompt.
///
/// @param choice the model
/// @param prompt what to continue
/// @param n how many tokens at most, 20 when absent
/// @param decoding how the next token is chosen
/// @param interventions changes to every forward pass
public record GenerateRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped Prompt prompt,
    @Nullable Integer n,
    @JsonUnwrapped DecodingOptions decoding,
    @Nullable List<InterventionSpec> interventions)
    implements Request<GenerateResult> {
  /// Copies the list.
  public GenerateRequest {
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
