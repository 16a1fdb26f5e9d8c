package io.lexiscope.analysis.detox;

import io.lexiscope.analysis.score.TextScorer;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;

/// The loss of one text.
///
/// @param nats summed over its tokens but the first
/// @param tokens how many have a loss
public record TextLoss(double nats, int tokens) {
  /// Of a text in windows of the context that overlap by half.
  ///
  /// @param ids two tokens at least
  public static TextLoss of(LanguageModel model, TokenIds ids) {
    int window = Math.min(model.architecture().dimensions().context(), Math.max(ids.size(), 2));
    double sum = 0;
    double[] losses = TextScorer.of(model, ids, window, Math.max(1, window / 2)).nats();
    for (double loss : losses) {
      sum += loss;
    }
    return new TextLoss(sum, losses.length);
  }
}
