package io.lexiscope.workbench.compare;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import java.util.List;

/// Asks for the same prompt without and with interventions.
///
/// @param choice the model
/// @param prompt what the model reads
/// @param readout what to compare
/// @param decoding how the next token is chosen in both continuations
/// @param interventions in force in the second; those switched off are checked and left out
public record CompareRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped Prompt prompt,
    @JsonUnwrapped CompareReadout readout,
    @JsonUnwrapped DecodingOptions decoding,
    List<InterventionSpec> interventions)
    implements Request<CompareResult> {
  /// Copies the list.
  public CompareRequest {
    interventions = List.copyOf(interventions);
  }
}
