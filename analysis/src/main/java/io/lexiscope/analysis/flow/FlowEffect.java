package io.lexiscope.analysis.flow;

/// What a node did to a prediction.
///
/// @param id of the node
/// @param logits by how much the target's logit, relative to the mean word or the foil, is lower
///   without what the node added at its position
public record FlowEffect(String id, double logits) {}
