package io.lexiscope.analysis.flow;

import org.jspecify.annotations.Nullable;

/// An edge in the other run.
///
/// @param from id of a node
/// @param to id of a node
/// @param value what it adds there; absent where one of its ends is among the others there
/// @param influence the share of the prediction that passes through it there; absent likewise
public record FlowOtherEdge(
    String from, String to, @Nullable Double value, @Nullable Double influence) {}
