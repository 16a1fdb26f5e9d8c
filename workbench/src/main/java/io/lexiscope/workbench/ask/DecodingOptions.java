package io.lexiscope.workbench.ask;

import io.lexiscope.model.forward.LateKeys;
import org.jspecify.annotations.Nullable;

/// How the next token is chosen; greedy when nothing is given.
///
/// @param temperature divides the logits before sampling; 0 or absent is greedy
/// @param topK sample among the k most probable
/// @param topP sample among the fewest whose probabilities sum to p
/// @param beams beam search of this width
/// @param seed of the sampling, 0 when absent
/// @param stopAtEnd whether to stop after the tokenizer's end token; false when absent
/// @param earlyExit rule by which a token leaves the network early: `confidence:0.9`, or the JSON
///   text of a rule file; all of the network runs when absent
/// @param lateKeys how skipped layers get their keys and values, `exact` when absent
public record DecodingOptions(
    @Nullable Double temperature,
    @Nullable Integer topK,
    @Nullable Double topP,
    @Nullable Integer beams,
    @Nullable Long seed,
    @Nullable Boolean stopAtEnd,
    @Nullable String earlyExit,
    @Nullable LateKeys lateKeys) {
  /// The most probable token every time.
  public static DecodingOptions greedy() {
    return new DecodingOptions(null, null, null, null, null, null, null, null);
  }
}
