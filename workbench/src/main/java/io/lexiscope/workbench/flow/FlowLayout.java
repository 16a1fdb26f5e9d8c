package io.lexiscope.workbench.flow;

import io.lexiscope.analysis.flow.FlowKind;
import io.lexiscope.analysis.flow.FlowNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Where the nodes of a graph stand on a sheet: positions of the prompt from left to right and
/// depth from below, or, as published, the stages of a block from left to right.
///
/// @param places by id of a node
/// @param columns middles of the positions' columns, by position; empty in the published picture
/// @param width of the sheet
/// @param height of the sheet
public record FlowLayout(
    Map<String, Place> places, Map<Integer, Double> columns, double width, double height) {
  private static final double LAYER = 120;
  private static final double COLUMN = 190;
  private static final double MARGIN = 60;
  private static final double STAGE = 120;
  private static final double ROW = 22;
  private static final int STAGES = 15;

  /// A place on the sheet.
  ///
  /// @param x from the left
  /// @param y from above
  public record Place(double x, double y) {}

  /// Where a kind stands within its layer: how far up, in layers, and how far aside.
  private record Within(double up, double aside) {}

  static FlowLayout of(FlowResult result) {
    return result.nodes().stream().anyMatch(node -> node.colour() != null)
        ? published(result)
        : byPosition(result);
  }

  private static Within within(FlowKind kind) {
    return switch (kind) {
      case EMBED -> new Within(-0.45, 0);
      case POS_EMBED -> new Within(-0.45, 46);
      case STREAM -> new Within(0, 0);
      case STREAM_MID, PREDICTION -> new Within(0.5, 0);
      case HEAD -> new Within(0.32, -46);
      case VALUE -> new Within(0.16, -70);
      case ATTN_BIAS -> new Within(0.32, -30);
      case MLP -> new Within(0.82, 46);
      case NEURON -> new Within(0.66, 74);
      case MLP_BIAS -> new Within(0.7, 90);
      case OTHERS, NORMED, QUERIES, QUERY, KEY, HEADS, ATTN_NEURON, ATTN, NEURON_KEY ->
          new Within(0.1, 26);
    };
  }

  private static FlowLayout byPosition(FlowResult result) {
    Map<Integer, Double> columns = new TreeMap<>();
    result.nodes().forEach(node -> columns.put(node.position(), 0.0));
    int index = 0;
    for (var column : columns.entrySet()) {
      column.setValue(MARGIN + COLUMN * (index++ + 0.5));
    }
    double height = 2 * MARGIN + LAYER * (result.layers() + 1);
    Map<String, Integer> used = new HashMap<>();
    Map<String, Place> places = new LinkedHashMap<>();
    for (FlowNode node : result.nodes()) {
      Within within = within(node.kind());
      int layer = node.layer() == null ? 0 : node.layer();
      int nth = used.merge(node.position() + " " + layer + " " + node.kind(), 1, Integer::sum) - 1;
      boolean others = node.kind() == FlowKind.OTHERS;
      double aside = Math.signum(within.aside()) * nth * (others ? 6 : 15);
      double down = within.aside() == 0 ? 0 : nth * (others ? 9 : 7);
      places.put(
          node.id(),
          new Place(
              columns.getOrDefault(node.position(), 0.0) + within.aside() + aside,
              height - MARGIN - LAYER * (0.5 + layer + within.up()) - down));
    }
    return new FlowLayout(places, columns, 2 * MARGIN + COLUMN * columns.size(), height);
  }

  /// The stage of a block in which a node of the published picture stands.
  private static int stage(FlowNode node) {
    return switch (node.kind()) {
      case STREAM, EMBED, POS_EMBED, PREDICTION, OTHERS -> 0;
      case NORMED -> node.id().contains(":mlp_input") ? 11 : 1;
      case QUERIES -> 2;
      case QUERY -> 3;
      case KEY -> 4;
      case VALUE -> 5;
      case HEAD -> 6;
      case HEADS, ATTN_BIAS -> 7;
      case ATTN_NEURON -> 8;
      case ATTN -> 9;
      case STREAM_MID -> 10;
      case NEURON_KEY -> 12;
      case NEURON, MLP_BIAS -> 13;
      case MLP -> 14;
    };
  }

  private static FlowLayout published(FlowResult result) {
    int first = Integer.MAX_VALUE;
    for (FlowNode node : result.nodes()) {
      first = Math.min(first, node.layer() == null ? 0 : node.layer());
    }
    Map<Integer, List<FlowNode>> stages = new TreeMap<>();
    for (FlowNode node : result.nodes()) {
      int layer = (node.layer() == null ? 0 : node.layer()) - first;
      stages.computeIfAbsent(layer * STAGES + stage(node), _ -> new ArrayList<>()).add(node);
    }
    int most = stages.values().stream().mapToInt(List::size).max().orElse(1);
    double height = 2 * MARGIN + ROW * most;
    Map<String, Place> places = new LinkedHashMap<>();
    double last = 0;
    for (var stage : stages.entrySet()) {
      List<FlowNode> nodes = stage.getValue();
      last = MARGIN + STAGE * (stage.getKey() + 0.5);
      for (int i = 0; i < nodes.size(); i++) {
        double y = height / 2 + ROW * (i - (nodes.size() - 1) / 2.0);
        places.put(nodes.get(i).id(), new Place(last, y));
      }
    }
    return new FlowLayout(places, Map.of(), last + STAGE + MARGIN, height);
  }
}
