package io.lexiscope.analysis.exit;

import io.lexiscope.base.Estimate;
import io.lexiscope.model.forward.LateKeys;
import java.util.List;

/// Continuations with early exit beside those of the whole network, taken in turns.
///
/// @param rule by which tokens left
/// @param lateKeys how skipped layers got their keys and values
/// @param agreement share of the tokens that the whole network would have chosen after the same
///   tokens, with its 95 % interval
/// @param savedLayers layers saved on average
/// @param tokensPerSecond with early exit
/// @param tokensPerSecondWhole of the whole network
/// @param savedTime share of the time saved; negative where it takes longer
/// @param leftAt tokens that left after each layer; the last are those that did not leave
public record ExitGeneration(
    String rule,
    LateKeys lateKeys,
    Estimate agreement,
    double savedLayers,
    double tokensPerSecond,
    double tokensPerSecondWhole,
    double savedTime,
    List<Integer> leftAt) {
  /// Copies the list.
  public ExitGeneration {
    leftAt = List.copyOf(leftAt);
  }
}
