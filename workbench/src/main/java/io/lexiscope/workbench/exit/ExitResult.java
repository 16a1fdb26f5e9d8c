package io.lexiscope.workbench.exit;

import io.lexiscope.analysis.exit.ExitGeneration;
import io.lexiscope.analysis.exit.ExitRow;
import io.lexiscope.analysis.exit.ExitSetup;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rules by which tokens leave the network early, and what they give on examples they were not
/// learned from.
///
/// @param model name of the model as it was asked for
/// @param rule the rule put to use; chosen by the examples learned from unless asked for
/// @param accuracy share of test predictions that are the whole network's where they left by it
/// @param savedLayers layers it saves on average over all test examples
/// @param savedSeconds time it saves in generation for each 1,000 tokens; absent without prompts
/// @param setup what was learned from and tested on
/// @param rows every rule, from never leaving to the oracle, which leaves exactly at saturation
/// @param generation continuations with and without early exit: by the rule put to use and, where
///   that is another, by the paper's
/// @param learned the rule put to use; absent unless asked for
/// @param provenance where the result comes from
public record ExitResult(
    String model,
    String rule,
    double accuracy,
    double savedLayers,
    @Nullable Double savedSeconds,
    ExitSetup setup,
    List<ExitRow> rows,
    List<ExitGeneration> generation,
    @Nullable ExitRuleFile learned,
    Provenance provenance)
    implements Result {
  /// Copies the lists.
  public ExitResult {
    rows = List.copyOf(rows);
    generation = List.copyOf(generation);
  }

  /// The same without the rule itself.
  public ExitResult withoutRule() {
    return new ExitResult(
        model,
        rule,
        accuracy,
        savedLayers,
        savedSeconds,
        setup,
        rows,
        generation,
        /* learned= */ null,
        provenance);
  }

  @Override
  public String method() {
    return "Agreement with the full pass of the same model on beginnings of sentences of one"
        + " corpus; whether the word is right is not asked.";
  }
}
