package io.lexiscope.analysis.flow;

/// A head that rests: most of its attention is on the first position, and next to nothing of what
/// it writes comes from there.
///
/// @param layer from 0
/// @param head from 0
/// @param weight of its attention to the first position, 0 to 1
/// @param share of what it writes that comes from there, by contribution along it, 0 to 1
public record FlowSink(int layer, int head, double weight, double share) {}
