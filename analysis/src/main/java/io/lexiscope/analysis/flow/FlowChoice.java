package io.lexiscope.analysis.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The smallest set of writers that has a share of the influence.
final class FlowChoice {
  private FlowChoice() {}

  /// Every writer up to a position, by influence, largest first; equal ones by depth, position and
  /// number.
  static List<FlowWriter> all(FlowSweep sweep, int layers, int position) {
    List<FlowWriter> writers = new ArrayList<>();
    for (int p = 0; p <= position; p++) {
      writers.add(new FlowWriter(FlowKind.EMBED, 0, 0, p, sweep.embedding(p)));
      for (int layer = 0; layer < layers; layer++) {
        for (int head = 0; head < sweep.headCount(); head++) {
          writers.add(new FlowWriter(FlowKind.HEAD, layer, head, p, sweep.head(layer, p, head)));
        }
        writers.add(new FlowWriter(FlowKind.MLP, layer, 0, p, sweep.mlp(layer, p)));
      }
    }
    writers.sort(
        Comparator.comparingDouble((FlowWriter writer) -> -writer.influence())
            .thenComparingInt(FlowWriter::layer)
            .thenComparingInt(FlowWriter::position)
            .thenComparing(FlowWriter::kind)
            .thenComparingInt(FlowWriter::head));
    return writers;
  }

  /// The first of them that have the share together, within the limits.
  ///
  /// @param also ids of writers that are shown whatever their influence
  static List<FlowWriter> shown(List<FlowWriter> all, FlowQuestion question, Set<String> also) {
    List<FlowWriter> chosen = new ArrayList<>(shown(all, question));
    all.stream()
        .filter(writer -> also.contains(writer.id()) && !chosen.contains(writer))
        .forEach(chosen::add);
    return chosen;
  }

  /// The first of them that have the share together, within the limits.
  static List<FlowWriter> shown(List<FlowWriter> all, FlowQuestion question) {
    double total = all.stream().mapToDouble(FlowWriter::influence).sum();
    Map<Integer, Integer> heads = new HashMap<>();
    List<FlowWriter> shown = new ArrayList<>();
    double reached = 0;
    for (FlowWriter writer : all) {
      if (reached >= question.limits().nodeShare() * total || writer.influence() <= 0) {
        break;
      }
      reached += writer.influence();
      boolean inside = writer.kind() == FlowKind.EMBED || question.span().holds(writer.layer());
      boolean room =
          writer.kind() != FlowKind.HEAD
              || heads.merge(writer.layer(), 1, Integer::sum) <= question.limits().heads();
      if (inside && room) {
        shown.add(writer);
      }
    }
    return shown;
  }
}
