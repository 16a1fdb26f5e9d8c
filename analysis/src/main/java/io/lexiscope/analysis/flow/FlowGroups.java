package io.lexiscope.analysis.flow;

import io.lexiscope.model.reading.TokenReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Groups heads and MLPs that write alike: their leading words overlap, and their edges lead to the
/// same place with the same sign. Groups are the connected parts of that likeness.
public final class FlowGroups {
  /// Share of leading words that two nodes must have in common, 0 to 1.
  private static final double OVERLAP = 0.4;

  private FlowGroups() {}

  /// The groups of a graph, largest first.
  public static List<FlowGroup> of(FlowGraph graph) {
    List<FlowNode> nodes =
        graph.nodes().stream()
            .filter(node -> node.kind() == FlowKind.HEAD || node.kind() == FlowKind.MLP)
            .toList();
    Map<String, Integer> signs = new HashMap<>();
    for (FlowEdge edge : graph.edges()) {
      if (edge.kind() == FlowEdgeKind.ADDS) {
        signs.put(edge.from(), edge.value() < 0 ? -1 : 1);
      }
    }
    int[] parent = new int[nodes.size()];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
    }
    for (int i = 0; i < parent.length; i++) {
      for (int j = 0; j < i; j++) {
        if (alike(nodes.get(i), nodes.get(j), signs)) {
          parent[root(parent, i)] = root(parent, j);
        }
      }
    }
    Map<Integer, List<FlowNode>> parts = new TreeMap<>();
    for (int i = 0; i < parent.length; i++) {
      parts.computeIfAbsent(root(parent, i), _ -> new ArrayList<>()).add(nodes.get(i));
    }
    return parts.values().stream()
        .filter(part -> part.size() > 1)
        .sorted((a, b) -> b.size() - a.size())
        .map(part -> new FlowGroup(name(part), part.stream().map(FlowNode::id).toList()))
        .toList();
  }

  private static int root(int[] parent, int of) {
    int at = of;
    while (parent[at] != at) {
      at = parent[at];
    }
    return at;
  }

  private static boolean alike(FlowNode one, FlowNode other, Map<String, Integer> signs) {
    if (one.position() != other.position()
        || !signs.getOrDefault(one.id(), 0).equals(signs.getOrDefault(other.id(), 0))) {
      return false;
    }
    Double a = one.push();
    Double b = other.push();
    if (a != null && b != null && a * b < 0) {
      return false;
    }
    Set<Integer> words = ids(one);
    Set<Integer> shared = new HashSet<>(words);
    shared.retainAll(ids(other));
    int most = Math.min(words.size(), ids(other).size());
    return most > 0 && shared.size() >= OVERLAP * most;
  }

  private static Set<Integer> ids(FlowNode node) {
    Set<Integer> ids = new HashSet<>();
    if (node.top() != null) {
      node.top().forEach(word -> ids.add(word.id()));
    }
    return ids;
  }

  /// The word that most of them list, and where they are.
  private static String name(List<FlowNode> part) {
    Map<String, Integer> counts = new TreeMap<>();
    for (FlowNode node : part) {
      if (node.top() != null) {
        for (TokenReading word : node.top()) {
          counts.merge(word.text().strip(), 1, Integer::sum);
        }
      }
    }
    String word =
        counts.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("");
    return "“" + word + "” at " + part.getFirst().position();
  }
}
