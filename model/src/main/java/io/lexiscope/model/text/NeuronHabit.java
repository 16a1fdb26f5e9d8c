package io.lexiscope.model.text;

/// What a neuron does on a text, not what its vector would do: of its coefficient m at all
/// positions but sinks.
///
/// @param mean of m
/// @param deviation standard deviation of m
/// @param meanSize of |m|
/// @param negative share of positions with m < 0, 0 to 1
/// @param shareOfLayer mean |m|·‖v‖ as a share of the layer's sum of these, 0 to 1
public record NeuronHabit(
    double mean, double deviation, double meanSize, double negative, double shareOfLayer) {

  /// The sign in which it usually acts: that of the larger part of Σ|m|; 1 where they are equal.
  public int usualSign() {
    return mean < 0 ? -1 : 1;
  }
}
