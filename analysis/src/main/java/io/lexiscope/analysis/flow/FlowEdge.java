package io.lexiscope.analysis.flow;

import org.jspecify.annotations.Nullable;

/// An edge of a flow graph.
///
/// @param from id of a node
/// @param to id of a node
/// @param kind what it is
/// @param width length of what goes along it; of a logit its absolute value
/// @param value what it adds along the direction of the node it goes into: those of all edges into
///   a stream, a head or an MLP sum to the node's length, those into the prediction to its logit.
///   Edges that are read and not added (into values and neurons) carry the coefficient instead
/// @param influence the share of the prediction that passes through it, 0 to 1
/// @param weight of attention; absent elsewhere
/// @param colour as published, where the graph is drawn so: `#rrggbb` or `#rrggbbaa`
public record FlowEdge(
    String from,
    String to,
    FlowEdgeKind kind,
    double width,
    double value,
    double influence,
    @Nullable Double weight,
    @Nullable String colour) {

  /// An edge without a colour of its own.
  FlowEdge(
      String from,
      String to,
      FlowEdgeKind kind,
      double width,
      double value,
      double influence,
      @Nullable Double weight) {
    this(from, to, kind, width, value, influence, weight, /* colour= */ null);
  }
}
