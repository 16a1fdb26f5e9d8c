package io.lexiscope.analysis.flow;

import java.util.List;

/// A forward pass as a graph.
///
/// @param nodes by position and depth
/// @param edges towards the prediction
/// @param totals what the graph shows of the whole
public record FlowGraph(List<FlowNode> nodes, List<FlowEdge> edges, FlowTotals totals) {
  /// Copies the lists.
  public FlowGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }
}
