package io.lexiscope.workbench.survey;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.NamesFile;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks what a model's parts do over a set of prompts, each read at its last position.
///
/// @param choice the model
/// @param data a text file, of which random prefixes of random sentences are taken, or a file of
///   JSON lines with a `prompt` or a `text` each, which are taken whole
/// @param prompts prompts taken whole, instead of a file; held-out texts of the model's own task,
///   or plain English, when both are absent
/// @param examples most prompts to look at, 100 when absent
/// @param k leading words that are compared, 50 when absent
/// @param seed of the sample and the random vectors, 0 when absent
/// @param interventions changes to every forward pass
public record SurveyRequest(
    @JsonUnwrapped ModelChoice choice,
    @NamesFile(FileUse.DATA) @Nullable String data,
    @Nullable List<String> prompts,
    @Nullable Integer examples,
    @Nullable Integer k,
    @Nullable Long seed,
    @Nullable List<InterventionSpec> interventions)
    implements Request<SurveyResult> {
  /// Copies the lists.
  public SurveyRequest {
    prompts = prompts == null ? null : List.copyOf(prompts);
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
