package io.lexiscope.workbench.train;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.NamesFile;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for the quality of a model on the held-out questions of a task.
///
/// @param choice the model
/// @param recipe recipe whose task is asked; the one in the model's folder when absent
/// @param interventions changes to every forward pass
public record EvaluateRequest(
    @JsonUnwrapped ModelChoice choice,
    @NamesFile(FileUse.NAME_OR_DATA) @Nullable String recipe,
    @Nullable List<InterventionSpec> interventions)
    implements Request<EvaluateResult> {
  /// Copies the list.
  public EvaluateRequest {
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
