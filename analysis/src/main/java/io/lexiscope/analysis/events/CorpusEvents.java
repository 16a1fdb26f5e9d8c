package io.lexiscope.analysis.events;

import io.lexiscope.analysis.ffn.EventReport;
import io.lexiscope.analysis.ffn.EventStatistics;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.text.Sinks;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Events of feed-forward parts over prompts.
///
/// ```java
/// var events = CorpusEvents.measure(model, prompts, EventPlan.standard());
/// events.report().counts().saturations();
/// ```
///
/// @param report counts, scores and layers
/// @param groups the groups of value vectors behind extreme scores; null where none were asked for,
///   or no score was extreme
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §5</a>
public record CorpusEvents(EventReport report, @Nullable FunctionalGroupsView groups) {
  /// Measures, at once.
  ///
  /// @throws io.lexiscope.analysis.ffn.FfnException as below
  public static CorpusEvents measure(LanguageModel model, List<TokenIds> prompts, EventPlan plan) {
    return measure(model, prompts, plan, Turn.immediately());
  }

  /// Measures.
  ///
  /// @param model with what is in force throughout
  /// @param prompts each looked at after its last token; of one token at least, within the context,
  ///   where those of one are only counted
  /// @param plan how it is done
  /// @param turn is asked before each piece of native work, and hears how far the work is
  /// @throws io.lexiscope.analysis.ffn.FfnException if a layer has fewer than ten neurons, or there
  ///   is no prompt
  /// @throws io.lexiscope.analysis.lens.LensException if the model has no unembedding
  public static CorpusEvents measure(
      LanguageModel model, List<TokenIds> prompts, EventPlan plan, Turn turn) {
    Sinks given = plan.sinks();
    Sinks sinks = given != null ? given : turn.take(() -> Sinks.measure(model, prompts));
    EventStatistics statistics =
        turn.take(() -> new EventStatistics(model, plan.threshold(), sinks, plan.seed()));
    for (TokenIds prompt : prompts) {
      turn.progress(statistics.size(), prompts.size(), "prompts");
      turn.take(
          () -> {
            statistics.add(prompt);
            return prompt;
          });
    }
    Integer clusters = plan.clusters();
    return new CorpusEvents(
        statistics.report(),
        clusters == null || statistics.extremes().isEmpty()
            ? null
            : new GroupSearch(model, statistics, statistics.prompts(), plan.seed())
                .find(clusters, turn));
  }
}
