package io.lexiscope.workbench.exit;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.model.forward.LateKeys;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for rules by which tokens leave the network early, and for what they give.
///
/// @param choice the model
/// @param texts to learn from and test on; when absent those of the model's own task, held-out ones
///   to test on
/// @param learning how rules are learned and tested
/// @param prompts how many test prompts are continued with and without early exit, 12 when absent
/// @param n tokens added to each, 32 when absent
/// @param lateKeys how skipped layers get their keys and values, `exact` when absent
/// @param withRule whether the result holds the rule, as a file of it would
/// @param interventions changes to every forward pass
public record ExitRequest(
    @JsonUnwrapped ModelChoice choice,
    @Nullable List<String> texts,
    @JsonUnwrapped ExitLearning learning,
    @Nullable Integer prompts,
    @Nullable Integer n,
    @Nullable LateKeys lateKeys,
    @Nullable Boolean withRule,
    @Nullable List<InterventionSpec> interventions)
    implements Request<ExitResult> {
  /// Copies the lists.
  public ExitRequest {
    texts = texts == null ? null : List.copyOf(texts);
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
