package io.lexiscope.workbench.score;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for the loss of a text, taken in windows.
///
/// @param choice the model
/// @param prompt the text or the ids to score
/// @param window tokens a pass reads at once; the context when absent
/// @param stride tokens a window moves on by; half the window when absent
/// @param interventions changes to every forward pass
public record ScoreRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped Prompt prompt,
    @Nullable Integer window,
    @Nullable Integer stride,
    @Nullable List<InterventionSpec> interventions)
    implements Request<ScoreResult> {
  /// Copies the list.
  public ScoreRequest {
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
