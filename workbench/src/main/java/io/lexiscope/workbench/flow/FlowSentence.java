package io.lexiscope.workbench.flow;

import io.lexiscope.analysis.flow.FlowGraph;
import io.lexiscope.analysis.flow.FlowKind;
import io.lexiscope.analysis.flow.FlowNode;
import io.lexiscope.analysis.flow.FlowQuestion;
import io.lexiscope.analysis.flow.FlowSink;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What a graph comes to, with the heads that rest on the first position set apart: where they look
/// says nothing of what they bring.
final class FlowSentence {
  private FlowSentence() {}

  static String of(
      LanguageModel model,
      TokenIds ids,
      FlowGraph graph,
      FlowQuestion question,
      List<FlowSink> sinks) {
    String word = "“" + model.tokenizer().display(question.target()).strip() + "”";
    List<FlowNode> heads =
        graph.nodes().stream()
            .filter(node -> node.kind() == FlowKind.HEAD)
            .sorted(Comparator.comparingDouble((FlowNode node) -> -node.influence()))
            .limit(3)
            .toList();
    String through =
        heads.isEmpty()
            ? "no head"
            : heads.stream()
                .map(
                    node ->
                        "%s at “%s”"
                            .formatted(
                                node.label(),
                                model.tokenizer().display(ids.get(node.position())).strip()))
                .collect(Collectors.joining(", "));
    String rest =
        sinks.isEmpty()
            ? ""
            : " %d of %d heads there look mostly at the first position, “%s”, and take less than half of what they write from it."
                .formatted(
                    sinks.size(),
                    model.architecture().layers()
                        * model.architecture().block().attention().heads().heads(),
                    model.tokenizer().display(ids.get(0)).strip());
    return "%s draws most on %s; the graph shows %.0f %% of the influence with %d of %,d heads, MLPs and embeddings.%s"
        .formatted(
            word,
            through,
            100 * graph.totals().through(),
            graph.totals().shown(),
            graph.totals().writers(),
            rest);
  }
}
