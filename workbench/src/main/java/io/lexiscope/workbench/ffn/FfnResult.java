package io.lexiscope.workbench.ffn;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.analysis.ffn.FfnEventView;
import io.lexiscope.analysis.ffn.FfnLayerView;
import io.lexiscope.analysis.ffn.FfnOrder;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.ReadAgainst;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import io.lexiscope.workbench.lens.ConventionView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The feed-forward parts of a run as sums of sub-updates.
///
/// @param header model, tokens, provenance
/// @param read what scores and logits stand above, and which words are starred and left out
/// @param convention how vectors became logits: states, value vectors and scores alike
/// @param scoresAddUp whether the scores of a layer sum to what it does to the logit
/// @param identity what before, sub-updates and after mean in this model, and where they add up
/// @param order which sub-updates are listed
/// @param layers by position, then layer
/// @param events what became of leading words at each position
/// @param against the word whose score is subtracted; absent when there is none
/// @param eventConvention how words were ranked for the events
/// @param nullVectors how many random vectors the null bands are taken from
/// @param vocabulary number of words that ranks count among
/// @param milliseconds wall-clock time of the pass and the readings
public record FfnResult(
    @JsonUnwrapped ResultHeader header,
    @JsonUnwrapped ReadAgainst read,
    ConventionView convention,
    boolean scoresAddUp,
    String identity,
    FfnOrder order,
    List<FfnLayerView> layers,
    List<FfnEventView> events,
    @Nullable TokenView against,
    ConventionView eventConvention,
    int nullVectors,
    int vocabulary,
    double milliseconds)
    implements Result {
  /// Copies the lists.
  public FfnResult {
    layers = List.copyOf(layers);
    events = List.copyOf(events);
  }

  @Override
  public String method() {
    return "Sub-updates by the words they promote directly; what later layers make of them is not"
        + " captured, and that one goes with an event does not show that it caused it.";
  }
}
