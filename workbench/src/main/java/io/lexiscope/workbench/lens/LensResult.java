package io.lexiscope.workbench.lens;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.ReadAgainst;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Vocabulary readings of hook points.
///
/// @param header model, tokens, provenance
/// @param read what logits stand above, and which words are starred and left out
/// @param convention how vectors became logits
/// @param grid what the readings span
/// @param readings by hook point in forward order, then position, then head or neuron
/// @param target the word followed; absent when none was asked for
/// @param against the word compared with; absent when none was asked for
/// @param answer the model's own prediction after the last token
/// @param vocabulary number of words that ranks count among
/// @param units the units of the numbers
/// @param milliseconds wall-clock time of the pass and the readings
public record LensResult(
    @JsonUnwrapped ResultHeader header,
    @JsonUnwrapped ReadAgainst read,
    ConventionView convention,
    LensSpan grid,
    List<PlaceReading> readings,
    @Nullable TokenView target,
    @Nullable TokenView against,
    TokenReading answer,
    int vocabulary,
    LensUnits units,
    double milliseconds)
    implements Result {
  /// Copies the readings.
  public LensResult {
    readings = List.copyOf(readings);
  }

  @Override
  public String method() {
    return "Each vector as the vocabulary reads it by the named convention; what later layers make"
        + " of it, and what it holds that no word stands for, is not captured.";
  }
}
