package io.lexiscope.workbench.patch;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for a patching sweep over a pair of prompts, or over several.
///
/// @param choice the model
/// @param clean the prompt with the answer sought; not together with `pairs`
/// @param corrupt the other; not together with `pairs`
/// @param pairs several pairs, over which cells are averaged
/// @param places what is patched
/// @param measure what of the output is measured
/// @param interventions changes to every forward pass
public record PatchRequest(
    @JsonUnwrapped ModelChoice choice,
    @Nullable String clean,
    @Nullable String corrupt,
    @Nullable List<PatchedPair> pairs,
    @JsonUnwrapped PatchPlaces places,
    @JsonUnwrapped PatchMeasure measure,
    @Nullable List<InterventionSpec> interventions)
    implements Request<PatchResult> {
  /// Copies the lists.
  public PatchRequest {
    pairs = pairs == null ? null : List.copyOf(pairs);
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
