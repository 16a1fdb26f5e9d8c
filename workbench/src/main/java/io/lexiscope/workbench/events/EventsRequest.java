package io.lexiscope.workbench.events;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.NamesFile;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks what feed-forward parts do to leading words over a corpus.
///
/// @param choice the model
/// @param data a text file, of which random prefixes of random sentences are taken, or a file of
///   JSON lines with a `prompt` or a `text` each, which are taken whole; without it and without
///   `prompts`, sentences of the model's task or of the English that comes with the program
/// @param prompts prompts taken whole, instead of a file; held-out texts of the model's own task
///   when both are absent
/// @param examples most prompts to look at, 2,000 when absent
/// @param threshold size of score beyond which a value vector counts as extreme, 10 when absent
/// @param groups whether to look for the groups of value vectors behind extreme scores, and in how
///   many clusters; 0 for a tenth of the value vectors; no groups when absent
/// @param seed of the sample and the random sub-updates, 0 when absent
/// @param interventions changes to every forward pass
public record EventsRequest(
    @JsonUnwrapped ModelChoice choice,
    @NamesFile(FileUse.DATA) @Nullable String data,
    @Nullable List<String> prompts,
    @Nullable Integer examples,
    @Nullable Double threshold,
    @Nullable Integer groups,
    @Nullable Long seed,
    @Nullable List<InterventionSpec> interventions)
    implements Request<EventsResult> {
  /// Copies the lists.
  public EventsRequest {
    prompts = prompts == null ? null : List.copyOf(prompts);
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
