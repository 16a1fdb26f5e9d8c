package io.lexiscope.analysis.flow;

import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The same nodes and edges in another run.
///
/// @param nodes by the order of the graph
/// @param edges by the order of the graph
/// @param totals of the other run's graph
public record FlowContrast(List<OtherNode> nodes, List<OtherEdge> edges, FlowTotals totals) {
  /// Copies the lists.
  public FlowContrast {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /// A node in the other run.
  ///
  /// @param id of the node
  /// @param norm length of its vector there; absent where it is among the others there
  /// @param push what it adds to the target's logit there; absent likewise, and where the node has
  ///   none
  /// @param influence the share of the prediction that passes through it there; absent likewise
  public record OtherNode(
      String id, @Nullable Double norm, @Nullable Double push, @Nullable Double influence) {}

  /// An edge in the other run.
  ///
  /// @param from id of a node
  /// @param to id of a node
  /// @param value what it adds there; absent where one of its ends is among the others there
  /// @param influence the share of the prediction that passes through it there; absent likewise
  public record OtherEdge(
      String from, String to, @Nullable Double value, @Nullable Double influence) {}

  /// What two graphs of the same writers have.
  public static FlowContrast of(FlowGraph graph, FlowGraph other) {
    var nodes = new HashMap<String, FlowNode>();
    other.nodes().forEach(node -> nodes.put(node.id(), node));
    var edges = new HashMap<String, FlowEdge>();
    other.edges().forEach(edge -> edges.put(edge.from() + " " + edge.to(), edge));
    return new FlowContrast(
        graph.nodes().stream()
            .map(
                node -> {
                  FlowNode there = nodes.get(node.id());
                  return there == null
                      ? new OtherNode(node.id(), null, null, null)
                      : new OtherNode(node.id(), there.norm(), there.push(), there.influence());
                })
            .toList(),
        graph.edges().stream()
            .map(
                edge -> {
                  FlowEdge there = edges.get(edge.from() + " " + edge.to());
                  return there == null
                      ? new OtherEdge(edge.from(), edge.to(), null, null)
                      : new OtherEdge(edge.from(), edge.to(), there.value(), there.influence());
                })
            .toList(),
        other.totals());
  }
}
