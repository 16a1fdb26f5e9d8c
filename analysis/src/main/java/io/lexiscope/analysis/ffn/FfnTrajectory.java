package io.lexiscope.analysis.ffn;

import java.util.List;
import java.util.OptionalInt;

/// The leading words of the residual stream on their way through the layers at one position, and
/// the events in it.
///
/// Ranks count from 1; equal logits rank by lower id, so that there is always one leading word. A
/// rise of the rank is a fall of the word.
///
/// @param steps one per layer, first to last
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §5.1 and App. A.5</a>
public record FfnTrajectory(List<Step> steps) {
  private static final int NONE = -1;

  /// Copies the list and checks it.
  ///
  /// @throws FfnException if there is no step
  public FfnTrajectory {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new FfnException("trajectory: expected at least one layer, got none");
    }
  }

  /// What the FFN of one layer did to the leading word.
  ///
  /// @param before the leading word of the stream before it
  /// @param after the leading word of the stream after it
  /// @param rankAfter rank that `before` has after it
  public record Step(int before, int after, int rankAfter) {}

  /// The word that leads after the last layer.
  public int answer() {
    return steps.getLast().after();
  }

  /// The saturation layer as the authors' code has it: the first layer after whose FFN, and after
  /// that of every later layer, the answer leads. What leads before an FFN is not looked at, and
  /// there always is one.
  public int saturationLayer() {
    int layer = steps.size() - 1;
    while (layer > 0 && steps.get(layer - 1).after() == answer()) {
      layer--;
    }
    return layer;
  }

  /// The saturation event as the paper describes it: the layer whose FFN brought the answer to the
  /// first rank, from which it did not move again, before or after any later FFN. Empty where
  /// attention brought it there, or only the last layer did.
  public OptionalInt saturation() {
    int layer = steps.size() - 1;
    while (layer >= 0 && steps.get(layer).after() == answer()) {
      if (steps.get(layer).before() != answer()) {
        return layer < steps.size() - 1 ? OptionalInt.of(layer) : OptionalInt.empty();
      }
      layer--;
    }
    return OptionalInt.empty();
  }

  /// The elimination event as published: the layer whose FFN raised the rank of the word that led
  /// before it by most; the first of several such layers. Empty where no FFN took a leading word's
  /// place.
  public OptionalInt elimination() {
    return elimination(NONE);
  }

  /// The elimination event as a reader would call it: the same among words that the position does
  /// not itself say. Where embeddings are tied, the token at the position reads as itself before
  /// the first layers, and that it ceases to is no change of a prediction.
  ///
  /// @param own the token at the position
  public OptionalInt elimination(int own) {
    int best = -1;
    int rank = 1;
    for (int layer = 0; layer < steps.size(); layer++) {
      if (steps.get(layer).before() != own && steps.get(layer).rankAfter() > rank) {
        rank = steps.get(layer).rankAfter();
        best = layer;
      }
    }
    return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }
}
