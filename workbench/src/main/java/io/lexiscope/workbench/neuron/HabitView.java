package io.lexiscope.workbench.neuron;

/// What a neuron does on the model's text, not what its vector would do: of its coefficient m at
/// all positions but attention sinks.
///
/// @param usualSign the sign in which it usually acts, 1 or −1: that of the larger part of Σ|m|;
///   where it is −1 the neuron raises what its vector suppresses
/// @param negative share of positions with m < 0, 0 to 1
/// @param mean of m
/// @param deviation standard deviation of m: the unit of doses
/// @param meanSize of |m|
/// @param shareOfLayer mean |m|·‖v‖ as a share of its layer's sum of these, 0 to 1
/// @param corpus what was read
/// @param positions that the figures are about
public record HabitView(
    int usualSign,
    double negative,
    double mean,
    double deviation,
    double meanSize,
    double shareOfLayer,
    String corpus,
    long positions) {}
