package io.lexiscope.tensor;

import java.util.List;

/// What one vector reads as: its logits over the vocabulary, summarised.
///
/// @param top the largest logits, largest first, ties by lower id
/// @param bottom the smallest logits, smallest first, ties by lower id
/// @param logSumExp log Σ exp of all logits, in nats: `log p(id) = logit − logSumExp`
/// @param entropy of the softmax, in nats
/// @param targets one entry per requested target, in the order of the request
public record VocabularyReading(
    List<TokenLogit> top,
    List<TokenLogit> bottom,
    double logSumExp,
    double entropy,
    List<TargetLogit> targets) {

  /// Softmax probability of a logit of this reading.
  public double probability(double logit) {
    return Math.exp(logit - logSumExp);
  }

  /// A vocabulary entry and its logit.
  public record TokenLogit(int id, float logit) {}

  /// A requested vocabulary entry.
  ///
  /// @param id vocabulary id
  /// @param logit its logit
  /// @param rank 1 for the largest logit; equal logits rank by lower id
  public record TargetLogit(int id, float logit, int rank) {}
}
