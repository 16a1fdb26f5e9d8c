package io.lexiscope.workbench.neuron;

/// How often a neuron fires: at how many positions the argument of its non-linearity is above 0.
///
/// @param rate share of the positions, 0 to 1
/// @param corpus what was read
/// @param positions of it
public record FiringView(double rate, String corpus, long positions) {}
