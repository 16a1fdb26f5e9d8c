package io.lexiscope.analysis.survey;

import io.lexiscope.analysis.attention.StreamWriters;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;

/// Makes the three studies in one pass over each prompt, read at its last position.
///
/// ```
/// SurveyReport report = RunSurvey.measure(model, prompts, SurveyPlan.published(), turn);
/// report.overlap().getLast().heads().value(); // 0.31: words the longest heads share with attention
/// ```
///
/// @see <a href="https://arxiv.org/abs/2305.13417">Katz and Belinkov 2023, §3, §5.2, §5.3</a>
public final class RunSurvey {
  private RunSurvey() {}

  /// Surveys a model.
  ///
  /// @param prompts at least one
  /// @param turn is asked before each pass
  /// @throws SurveyException if there is no prompt
  /// @throws io.lexiscope.analysis.attention.AttentionException if norms lie inside the residual
  ///   stream (BERT, OPT-350m)
  public static SurveyReport measure(
      LanguageModel model, List<TokenIds> prompts, SurveyPlan plan, Turn turn) {
    StreamWriters.requireSums(model);
    if (prompts.isEmpty()) {
      throw new SurveyException(
          "survey: expected at least one prompt, got none; give some text, one prompt a line");
    }
    OverlapSurvey overlap = new OverlapSurvey(model, plan);
    NormSurvey norms = new NormSurvey(model, plan);
    ActiveSurvey active = new ActiveSurvey(model, plan);
    Recording recording =
        OverlapSurvey.recording(model)
            .and(NormSurvey.recording(model))
            .and(ActiveSurvey.recording());
    for (int index = 0; index < prompts.size(); index++) {
      TokenIds prompt = prompts.get(index);
      turn.progress(index, prompts.size(), "prompts");
      turn.take(
          () -> {
            try (Run run = model.run(prompt, recording)) {
              overlap.add(run);
              norms.add(run);
              active.add(run);
            }
            return prompt;
          });
    }
    return turn.take(
        () ->
            new SurveyReport(
                prompts.size(),
                overlap.layers(),
                norms.layers(),
                active.neurons(),
                active.byChance()));
  }
}
