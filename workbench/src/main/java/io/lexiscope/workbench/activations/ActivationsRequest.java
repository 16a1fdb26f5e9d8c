package io.lexiscope.workbench.activations;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.NamesFile;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for activations in a safetensors file, float32, with `input_ids`.
///
/// @param choice the model
/// @param prompt what the model reads
/// @param at hook points by name, `*` for every layer; `logits` is a name too
/// @param output file to write, on the machine that answers; refused by servers that others can
///   reach
/// @param interventions changes to the forward pass
public record ActivationsRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped Prompt prompt,
    List<String> at,
    @NamesFile(FileUse.OUTPUT) String output,
    @Nullable List<InterventionSpec> interventions)
    implements Request<ActivationsResult> {
  /// Copies the lists.
  public ActivationsRequest {
    at = List.copyOf(at);
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
