package io.lexiscope.workbench.attribution;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import io.lexiscope.workbench.lens.ConventionView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which components raised a word at a place in the residual stream, and which lowered it.
///
/// @param header model, tokens, provenance
/// @param at hook point of the residual stream, by its full name
/// @param layer its layer; absent for hook points outside the blocks
/// @param position its position, from 0
/// @param target the word
/// @param against the word whose logit is subtracted; absent when there is none
/// @param convention how vectors became logits
/// @param baseline what the logit stands above; of no effect with `against`, as a difference has no
///   mean
/// @param meanLogit the mean over the vocabulary at the place, before a final soft cap; absent with
///   `against`
/// @param contributions largest absolute value first; last the others, those that raise and those
///   that lower
/// @param sum of all contributions, logits
/// @param exact what they explain, read at the place itself: the logit less `meanLogit` (the logit
///   where the baseline is none), or the difference of two logits
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
    Baseline baseline,
    @Nullable Double meanLogit,
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
