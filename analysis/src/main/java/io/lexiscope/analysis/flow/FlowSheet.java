package io.lexiscope.analysis.flow;

import io.lexiscope.analysis.lens.VectorLens;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Nodes with their vectors, and edges, as a graph is put together; then read in words, all at
/// once.
final class FlowSheet {
  private final Map<String, FlowNode> nodes = new LinkedHashMap<>();
  private final Map<String, Tensor> vectors = new LinkedHashMap<>();
  private final List<FlowEdge> edges = new ArrayList<>();

  /// A node that is not read.
  void add(FlowNode node) {
    nodes.put(node.id(), node);
  }

  void add(FlowNode node, Tensor vector) {
    add(node);
    vectors.put(node.id(), vector);
  }

  void edge(FlowEdge edge) {
    edges.add(edge);
  }

  boolean holds(String id) {
    return nodes.containsKey(id);
  }

  @Nullable Tensor vector(String id) {
    return vectors.get(id);
  }

  List<FlowEdge> edges() {
    return List.copyOf(edges);
  }

  static FlowNode node(
      String id,
      FlowKind kind,
      FlowSpot spot,
      String label,
      @Nullable Double push,
      double influence) {
    return new FlowNode(
        id,
        kind,
        spot.layer(),
        spot.position(),
        spot.head(),
        spot.neuron(),
        spot.source(),
        label,
        /* norm= */ 0,
        /* entropy= */ null,
        /* top= */ null,
        /* bottom= */ null,
        /* target= */ null,
        push,
        influence,
        /* members= */ null,
        /* colour= */ null);
  }

  static FlowNode withMembers(FlowNode node, int members) {
    return new FlowNode(
        node.id(),
        node.kind(),
        node.layer(),
        node.position(),
        node.head(),
        node.neuron(),
        node.source(),
        node.label(),
        node.norm(),
        node.entropy(),
        node.top(),
        node.bottom(),
        node.target(),
        node.push(),
        node.influence(),
        members,
        node.colour());
  }

  /// All nodes, with words.
  List<FlowNode> read(LanguageModel model, FlowQuestion question) {
    List<String> ids = List.copyOf(vectors.keySet());
    int words = question.limits().words();
    List<VectorReading> readings =
        VectorLens.of(model)
            .read(
                Tensors.stack(List.copyOf(vectors.values()), 0),
                ReadingRequest.words(words, words).andTargets(List.of(question.target())));
    Map<String, VectorReading> byId = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      byId.put(ids.get(i), readings.get(i));
    }
    return nodes.values().stream()
        .map(node -> worded(node, byId.get(node.id())))
        .sorted(
            Comparator.comparingInt(FlowNode::position)
                .thenComparingInt(node -> node.layer() == null ? -1 : node.layer()))
        .toList();
  }

  private static FlowNode worded(FlowNode node, @Nullable VectorReading reading) {
    return reading == null
        ? node
        : new FlowNode(
            node.id(),
            node.kind(),
            node.layer(),
            node.position(),
            node.head(),
            node.neuron(),
            node.source(),
            node.label(),
            reading.norm(),
            reading.entropy() / Math.log(2),
            reading.top(),
            reading.bottom(),
            reading.targets().getFirst(),
            node.push(),
            node.influence(),
            node.members(),
            node.colour());
  }
}
