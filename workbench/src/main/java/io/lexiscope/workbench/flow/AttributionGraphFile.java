package io.lexiscope.workbench.flow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.lexiscope.analysis.flow.FlowEdge;
import io.lexiscope.analysis.flow.FlowGroup;
import io.lexiscope.analysis.flow.FlowKind;
import io.lexiscope.analysis.flow.FlowNode;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.tokenizer.TokenView;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A graph in the form that viewers of attribution graphs read.
///
/// @param metadata what it is of
/// @param qParams what is pinned and grouped: the groups that are proposed
/// @param nodes each with id, layer, position, label and influence
/// @param links each with source, target and weight
/// @see <a href="https://github.com/safety-research/circuit-tracer">circuit-tracer, the JSON of its
///   graphs</a>
record AttributionGraphFile(
    Metadata metadata, Parameters qParams, List<Map<String, Object>> nodes, List<Link> links) {
  AttributionGraphFile {
    nodes =
        nodes.stream().map(node -> Collections.unmodifiableMap(new LinkedHashMap<>(node))).toList();
    links = List.copyOf(links);
  }

  static AttributionGraphFile of(FlowResult result) {
    List<String> tokens = result.header().tokens().stream().map(TokenView::text).toList();
    return new AttributionGraphFile(
        new Metadata("lexiscope-flow", result.header().model(), tokens, String.join("", tokens)),
        new Parameters(
            List.of(), result.groups().stream().map(AttributionGraphFile::group).toList(), "both"),
        result.nodes().stream().map(node -> node(node, result)).toList(),
        result.edges().stream().map(AttributionGraphFile::link).toList());
  }

  /// A name and the ids.
  private static List<String> group(FlowGroup group) {
    return Stream.concat(Stream.of(group.name()), group.ids().stream()).toList();
  }

  /// @param slug a name
  /// @param scan the model
  /// @param promptTokens texts of the tokens
  /// @param prompt their text
  record Metadata(
      String slug,
      String scan,
      @JsonProperty("prompt_tokens") List<String> promptTokens,
      String prompt) {
    Metadata {
      promptTokens = List.copyOf(promptTokens);
    }
  }

  /// @param pinnedIds ids of pinned nodes
  /// @param supernodes groups, each a name and ids
  /// @param linkType which edges are drawn
  record Parameters(List<String> pinnedIds, List<List<String>> supernodes, String linkType) {
    Parameters {
      pinnedIds = List.copyOf(pinnedIds);
      supernodes = supernodes.stream().map(List::copyOf).toList();
    }
  }

  /// @param source id of a node
  /// @param target id of a node
  /// @param weight what is added along the target's direction
  record Link(String source, String target, double weight) {}

  /// A node as those viewers call its parts: `E` for the layer of embeddings, `clerp` for the
  /// label.
  private static Map<String, Object> node(FlowNode node, FlowResult result) {
    Integer layer = node.layer();
    boolean prediction = node.kind() == FlowKind.PREDICTION;
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("node_id", node.id());
    parts.put("layer", layer == null ? "E" : layer.toString());
    parts.put("ctx_idx", node.position());
    parts.put("feature_type", kind(node));
    parts.put(
        "clerp",
        prediction ? "Output “" + result.target().text() + "”" : node.label() + words(node));
    parts.put("influence", node.influence());
    parts.put("activation", node.norm());
    parts.put("is_target_logit", prediction);
    return parts;
  }

  private static String kind(FlowNode node) {
    return switch (node.kind()) {
      case EMBED, POS_EMBED -> "embedding";
      case PREDICTION -> "logit";
      case OTHERS -> "mlp reconstruction error";
      default -> "cross layer transcoder";
    };
  }

  private static String words(FlowNode node) {
    List<TokenReading> top = node.top();
    return top == null || top.isEmpty() ? "" : ": " + top.getFirst().text().strip();
  }

  private static Link link(FlowEdge edge) {
    return new Link(edge.from(), edge.to(), edge.value());
  }
}
