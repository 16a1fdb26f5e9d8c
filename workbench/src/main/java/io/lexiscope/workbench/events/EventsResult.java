package io.lexiscope.workbench.events;

import io.lexiscope.analysis.events.FunctionalGroupsView;
import io.lexiscope.analysis.ffn.EventsApart;
import io.lexiscope.base.Estimate;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.lens.ConventionView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What feed-forward parts do to leading words over a corpus: the paper's tables 4, 9 and 10 and
/// figures 3 and 6.
///
/// @param model name of the model as it was asked for
/// @param examples prompts looked at, each after its last token
/// @param saturations saturation events: a feed-forward part before the last layer brought the
///   answer to the first rank, where it stayed
/// @param eliminations elimination events: the deepest fall, in an example, of a leading word that
///   is not the token at the position itself
/// @param early examples in which the answer leads after a layer before the last and from there on
/// @param apart what is counted apart: prompts left out, and eliminations as published
/// @param scores scores of ten sub-updates for the word of an event
/// @param layers one per layer
/// @param savedLayers layers an oracle saves that stops at the saturation layer
/// @param threshold size of score beyond which a value vector counts as extreme
/// @param extremeVectors how many value vectors passed it
/// @param extremeShare as a share of all value vectors, 0 to 1
/// @param corpus what was read
/// @param groups the groups of value vectors behind extreme scores; absent unless asked for
/// @param scoredBy how scores were taken
/// @param seconds wall-clock time
/// @param provenance where the result comes from
public record EventsResult(
    String model,
    int examples,
    int saturations,
    int eliminations,
    int early,
    EventsApart apart,
    List<EventScoresView> scores,
    List<EventLayerView> layers,
    Estimate savedLayers,
    double threshold,
    int extremeVectors,
    double extremeShare,
    String corpus,
    @Nullable FunctionalGroupsView groups,
    ConventionView scoredBy,
    double seconds,
    Provenance provenance)
    implements Result {
  /// Copies the lists.
  public EventsResult {
    scores = List.copyOf(scores);
    layers = List.copyOf(layers);
  }

  @Override
  public String method() {
    return "Counts of where leading words change under the lens; that a sub-update goes with an"
        + " event does not show that it caused it.";
  }
}
