package io.lexiscope.analysis.flow;

import io.lexiscope.model.reading.TargetReading;
import io.lexiscope.model.reading.TokenReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node of a flow graph.
///
/// @param id such as `L4H6@13`, unique in the graph
/// @param kind what it is
/// @param layer from 0; the number of layers for the last stream and the prediction; absent for
///   embeddings
/// @param position from 0
/// @param head of a head or a value
/// @param neuron of a neuron
/// @param source of a value: the position it is taken from
/// @param label a short name
/// @param norm length of its vector
/// @param entropy of its vector as the vocabulary reads it, bits
/// @param top its words
/// @param bottom the words it takes away
/// @param target the target in its vector
/// @param push what it adds to the target's logit directly; absent where it does not stand at the
///   position of the prediction
/// @param influence the share of the prediction that passes through it, 0 to 1
/// @param members of others: how many they are
/// @param colour as published, where the graph is drawn so: `#rrggbb`
public record FlowNode(
    String id,
    FlowKind kind,
    @Nullable Integer layer,
    int position,
    @Nullable Integer head,
    @Nullable Integer neuron,
    @Nullable Integer source,
    String label,
    double norm,
    @Nullable Double entropy,
    @Nullable List<TokenReading> top,
    @Nullable List<TokenReading> bottom,
    @Nullable TargetReading target,
    @Nullable Double push,
    double influence,
    @Nullable Integer members,
    @Nullable String colour) {
  /// Copies the lists.
  public FlowNode {
    top = top == null ? null : List.copyOf(top);
    bottom = bottom == null ? null : List.copyOf(bottom);
  }

  /// The same, in a colour.
  FlowNode coloured(String other) {
    return new FlowNode(
        id, kind, layer, position, head, neuron, source, label, norm, entropy, top, bottom, target,
        push, influence, members, other);
  }
}
