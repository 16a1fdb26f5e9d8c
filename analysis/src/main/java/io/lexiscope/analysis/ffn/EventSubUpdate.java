package io.lexiscope.analysis.ffn;

/// A sub-update that is responsible for an event.
///
/// @param neuron its number in the layer, from 0
/// @param name layer and number, such as `L3N812`, both from 0
/// @param coefficient its value after the non-linearity
/// @param dominance |coefficient| × length of the value vector
/// @param score what it adds to the logit of the event's word
public record EventSubUpdate(
    int neuron, String name, double coefficient, double dominance, double score) {}
