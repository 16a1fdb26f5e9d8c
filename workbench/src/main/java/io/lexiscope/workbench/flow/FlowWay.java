package io.lexiscope.workbench.flow;

/// A way that is to be split over the heads of a layer.
///
/// @param from id of an embedding, a head or an MLP, such as `L1M@5`
/// @param layer whose heads, from 0
public record FlowWay(String from, int layer) {}
