package io.lexiscope.analysis.flow;

import io.lexiscope.model.Run;
import java.util.ArrayList;
import java.util.List;

/// The heads of one position, without words and edges.
///
/// @param run what happened
/// @param question which graph
/// @param sweep of the run
record FlowHeads(Run run, FlowQuestion question, FlowSweep sweep) {
  /// @param logit of the target relative to the mean word or the foil
  FlowGraph graph(double logit) {
    int position = question.position();
    List<FlowNode> nodes = new ArrayList<>();
    for (int layer = 0; layer < run.model().architecture().layers(); layer++) {
      for (int head = 0; head < sweep.headCount(); head++) {
        FlowWriter writer =
            new FlowWriter(FlowKind.HEAD, layer, head, position, sweep.head(layer, position, head));
        nodes.add(
            FlowSheet.node(
                writer.id(),
                FlowKind.HEAD,
                new FlowSpot(layer, position, head, null, null),
                "L" + layer + "H" + head,
                sweep.direct().headPush(layer, head),
                writer.influence()));
      }
    }
    List<FlowWriter> all = FlowChoice.all(sweep, run.model().architecture().layers(), position);
    double total = all.stream().mapToDouble(FlowWriter::influence).sum();
    double through = nodes.stream().mapToDouble(FlowNode::influence).sum();
    return new FlowGraph(
        nodes,
        List.of(),
        new FlowTotals(
            position,
            logit,
            total > 0 ? through / total : 0,
            /* complete= */ 0,
            all.size(),
            nodes.size()));
  }
}
