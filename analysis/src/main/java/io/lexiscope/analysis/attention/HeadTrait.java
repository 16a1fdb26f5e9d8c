package io.lexiscope.analysis.attention;

/// What a head does on prompts, as a number.
///
/// @see <a href="https://arxiv.org/abs/2209.11895">Olsson et al. 2022, induction heads</a>
/// @see <a href="https://arxiv.org/abs/2211.00593">Wang et al. 2022, name movers and negative name
///   movers</a>
public enum HeadTrait {
  /// Mean attention of a position to itself, 0 to 1.
  SELF,
  /// Mean attention to the position before, 0 to 1.
  PREVIOUS,
  /// Mean attention to earlier places of the same token, 0 to 1, over positions that have such.
  DUPLICATE,
  /// Mean attention to what followed an earlier place of the same token, 0 to 1, over positions
  /// that have such.
  INDUCTION,
  /// How much the head adds to the logits of the words it looks at, each by its own weight,
  /// relative to the mean word: a name mover where it is large, a negative mover where it is far
  /// below 0. Logits, mean over positions.
  COPIES,
  /// Mean attention to the first position, 0 to 1.
  SINK,
  /// Mean entropy of the pattern, nats.
  ENTROPY,
  /// Mean distance looked back, positions.
  DISTANCE,
  /// Mean variance of that distance, positions squared.
  SPREAD,
  /// Share of the attention that lies where a given pattern has weight, 0 to 1, over positions
  /// where it has any.
  MATCH
}
