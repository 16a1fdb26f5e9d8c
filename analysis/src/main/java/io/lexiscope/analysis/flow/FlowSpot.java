package io.lexiscope.analysis.flow;

import org.jspecify.annotations.Nullable;

/// Where a node stands.
///
/// @param layer from 0; null for embeddings
/// @param position from 0
/// @param head of a head or a value
/// @param neuron of a neuron
/// @param source of a value: the position it is taken from
record FlowSpot(
    @Nullable Integer layer,
    int position,
    @Nullable Integer head,
    @Nullable Integer neuron,
    @Nullable Integer source) {
  /// Of something that is neither a head nor a neuron.
  static FlowSpot of(int layer, int position) {
    return new FlowSpot(layer, position, null, null, null);
  }
}
