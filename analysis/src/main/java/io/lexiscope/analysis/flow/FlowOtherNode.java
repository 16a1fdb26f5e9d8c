package io.lexiscope.analysis.flow;

import org.jspecify.annotations.Nullable;

/// A node in the other run.
///
/// @param id of the node
/// @param norm length of its vector there; absent where it is among the others there
/// @param push what it adds to the target's logit there; absent likewise, and where the node has
///   none
/// @param influence the share of the prediction that passes through it there; absent likewise
public record FlowOtherNode(
    String id, @Nullable Double norm, @Nullable Double push, @Nullable Double influence) {}
