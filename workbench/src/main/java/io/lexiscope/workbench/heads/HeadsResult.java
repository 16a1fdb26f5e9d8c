package io.lexiscope.workbench.heads;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.analysis.attention.HeadReading;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where attention heads look and what they move.
///
/// @param header model, tokens, provenance
/// @param target the word whose logit pushes are about
/// @param against the foil; absent where pushes are relative to the mean word
/// @param baseline what pushes are relative to, in words
/// @param heads by layer, head, then position
/// @param traits what heads do over prompts; absent when not asked for
/// @param card all of the one head that was asked for; absent when there are several
/// @param sentence what it comes to
/// @param vocabulary number of words that ranks count among
/// @param milliseconds wall-clock time of the pass and the readings
public record HeadsResult(
    @JsonUnwrapped ResultHeader header,
    TokenView target,
    @Nullable TokenView against,
    String baseline,
    List<HeadReading> heads,
    @Nullable HeadsTraits traits,
    @Nullable HeadCard card,
    String sentence,
    int vocabulary,
    double milliseconds)
    implements Result {
  /// Copies the list.
  public HeadsResult {
    heads = List.copyOf(heads);
  }

  @Override
  public String method() {
    return "Pushes are direct, through the final norm at the scale it had; what later layers make of"
        + " a head's output, and what depends on where it looks, is not captured.";
  }
}
