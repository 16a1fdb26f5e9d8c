package io.lexiscope.analysis.flow;

import java.util.HashMap;
import java.util.List;

/// The same nodes and edges in another run.
///
/// @param nodes by the order of the graph
/// @param edges by the order of the graph
/// @param totals of the other run's graph
public record FlowContrast(
    List<FlowOtherNode> nodes, List<FlowOtherEdge> edges, FlowTotals totals) {
  /// Copies the lists.
  public FlowContrast {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

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
                      ? new FlowOtherNode(node.id(), null, null, null)
                      : new FlowOtherNode(node.id(), there.norm(), there.push(), there.influence());
                })
            .toList(),
        graph.edges().stream()
            .map(
                edge -> {
                  FlowEdge there = edges.get(edge.from() + " " + edge.to());
                  return there == null
                      ? new FlowOtherEdge(edge.from(), edge.to(), null, null)
                      : new FlowOtherEdge(edge.from(), edge.to(), there.value(), there.influence());
                })
            .toList(),
        other.totals());
  }
}
