package io.lexiscope.analysis.events;

import io.lexiscope.base.Estimate;
import io.lexiscope.model.reading.TokenReading;
import java.util.List;

/// A cluster of value vectors that extreme scores come from.
///
/// @param cluster its number
/// @param role what its ten top words are in the prompts read: `common words`, `rare words` or
///   `other words`
/// @param common share of these words that are among the hundred most frequent of the prompts
/// @param appearances how many extreme sub-updates were its members'
/// @param share of all extreme sub-updates, 0 to 1
/// @param score their mean score for the leading word, logits
/// @param shortPrompts share of them in prompts of three tokens or fewer
/// @param settled share of them where the leading word is the model's answer
/// @param neurons all members, such as `L3N812`
/// @param top words the members promote most on average
/// @param changed share of prompts whose answer is another with all members switched off
/// @param changedRandom the same with as many random neurons of the same layers
/// @param logProbability change of the answer's log-probability with all members off, nats
/// @param logProbabilityRandom the same with the random neurons
public record FunctionalGroupView(
    int cluster,
    String role,
    double common,
    int appearances,
    double share,
    double score,
    double shortPrompts,
    double settled,
    List<String> neurons,
    List<TokenReading> top,
    Estimate changed,
    Estimate changedRandom,
    Estimate logProbability,
    Estimate logProbabilityRandom) {
  /// Copies the lists.
  public FunctionalGroupView {
    neurons = List.copyOf(neurons);
    top = List.copyOf(top);
  }
}
