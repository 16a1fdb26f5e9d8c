package io.lexiscope.workbench.attribution;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import io.lexiscope.workbench.lens.ConventionView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which components wrote a word into the residual stream at a place.
///
/// @param header model, tokens, provenance
/// @param at hook point of the residual stream, by its full name
/// @param layer its layer; absent for hook points outside the blocks
/// @param position its position, from 0
/// @param target the word
/// @param against the word whose logit is subtracted; absent when there is none
/// @param convention how vectors became logits
/// @param contributions largest absolute value first, `others` last
/// @param sum of all contributions, logits
/// @param exact the logit, or the difference of logits, read at the place itself
/// @param residualError absolute difference of `sum` and `exact`, logits
/// @param softCap the largest logit that the model's final squeeze lets out; `sum` and `exact` are
///   before it; absent when there is none
/// @param capped what the model and the lens give after the squeeze, where `exact` is before it;
///   absent when there is none
public record AttributionResult(
    @JsonUnwrapped ResultHeader header,
    String at,
    @Nullable Integer layer,
    int position,
    TokenView target,
    @Nullable TokenView against,
    ConventionView convention,
    List<ComponentContribution> contributions,
    double sum,
    double exact,
    double residualError,
    @Nullable Double softCap,
    @Nullable Double capped)
    implements Result {
  /// Copies the contributions.
  public AttributionResult {
    contributions = List.copyOf(contributions);
  }

  @Override
  public String method() {
    return "Direct contributions only: what a component does to the word through later layers, and"
        + " what heads attended to, is not captured.";
  }
}
