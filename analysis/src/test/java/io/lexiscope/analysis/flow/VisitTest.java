package io.lexiscope.analysis.flow;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.Reference;
import io.lexiscope.analysis.attention.HeadLayer;
import io.lexiscope.analysis.attention.HeadSide;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The published picture, check by check (D1.1, 4, 5, 6, 7, 9).
class VisitTest {
  private static final int POSITION = 20;

  private record Seen(FlowGraph graph, Map<String, FlowNode> nodes) {
    FlowNode node(String id) {
      return Objects.requireNonNull(nodes.get(id), id);
    }
  }

  private static Seen seen(LanguageModel model, Run run, int first, int last) {
    FlowGraph graph =
        FlowTracer.of(model)
            .visit(
                run,
                new FlowQuestion(
                    31,
                    400,
                    POSITION,
                    new FlowQuestion.Span(first, last),
                    new FlowQuestion.Limits(0.8, 0.98, 12, 5, 2)));
    Map<String, FlowNode> nodes = new HashMap<>();
    graph.nodes().forEach(node -> nodes.put(node.id(), node));
    return new Seen(graph, nodes);
  }

  @MustBeClosed
  private static Run run(LanguageModel model, Golden golden) {
    return model.run(golden.prompt(), FlowTracer.of(model).visitRecording(24));
  }

  private static int last(LanguageModel model) {
    return model.architecture().layers() - 1;
  }

  /// D1.1: the last output reads as the model's own distribution.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "GPT_NEO", "GPT_NEOX", "GPTJ", "LLAMA", "MISTRAL", "QWEN2", "PHI"})
  void theLastOutputReadsAsThePrediction(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = run(model, golden)) {
      int last = last(model);
      FlowNode output = seen(model, run, last, last).node("L%d:block_output@20".formatted(last));
      double[] logits = doubles(run.logits(POSITION).toFloats());
      double largest = Arrays.stream(logits).max().orElseThrow();
      double sum = Arrays.stream(logits).map(logit -> Math.exp(logit - largest)).sum();
      int best =
          IntStream.range(0, logits.length)
              .reduce((a, b) -> logits[b] > logits[a] ? b : a)
              .orElseThrow();

      var target = Objects.requireNonNull(output.target());
      assertClose(
          target.probability(), Math.exp(logits[31] - largest) / sum, Tolerance.within(1e-6));
      assertThat(target.rank())
          .isEqualTo(1 + (int) Arrays.stream(logits).filter(l -> l > logits[31]).count());
      var top = Objects.requireNonNull(output.top()).getFirst();
      if (!Boolean.TRUE.equals(top.underTrained())) {
        assertClose(
            top.probability(), Math.exp(logits[best] - largest) / sum, Tolerance.within(1e-6));
      }
    }
  }

  private static double[] doubles(float[] floats) {
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }

  /// D1.4 and D1.5: what is shown is what a full sort puts first; and D1.6 but for the number of
  /// heads.
  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void whatIsShownIsWhatAFullSortPutsFirst(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = run(model, golden)) {
      Seen seen = seen(model, run, 1, 1);
      TensorScope.tidyRun(
          () -> {
            double[] active = Reference.doubles(run.activation(HookPoint.MLP_POST.at(1), POSITION));
            Tensor rows =
                Linears.rowsAreInputs(model.transformer().weights().blocks().get(1).mlp().out());
            double[] lengths = Reference.doubles(rows.norm(-1, /* keepAxis= */ false));
            assertThat(ids(seen, FlowKind.NEURON, "L1N")).isEqualTo(ends(active, lengths));
            double[] z = Reference.doubles(run.activation(HookPoint.Z.at(1), POSITION).reshape(-1));
            Tensor out = HeadLayer.of(run, 1).outputMatrices().reshape(z.length, -1);
            assertThat(ids(seen, FlowKind.ATTN_NEURON, "L1O"))
                .isEqualTo(ends(z, Reference.doubles(out.norm(-1, /* keepAxis= */ false))));
            for (int head = 0; head < HeadLayer.of(run, 1).heads().heads(); head++) {
              double[] weights =
                  Reference.doubles(
                      HeadLayer.of(run, 1).pattern(List.of(POSITION)).select(0, head));
              assertClose(Arrays.stream(weights).sum(), 1, Tolerance.within(1e-5));
              assertThat(Arrays.stream(weights).allMatch(weight -> weight >= 0)).isTrue();
              for (int key = POSITION + 1; key < weights.length; key++) {
                assertThat(weights[key]).isZero();
              }
              int h = head;
              Set<Integer> shown =
                  seen.graph().nodes().stream()
                      .filter(
                          node -> node.kind() == FlowKind.VALUE && Objects.equals(node.head(), h))
                      .map(node -> Objects.requireNonNull(node.source()))
                      .collect(Collectors.toSet());
              double least =
                  shown.stream().mapToDouble(source -> weights[source]).min().orElseThrow();
              assertThat(shown).hasSize(2);
              for (int key = 0; key <= POSITION; key++) {
                if (!shown.contains(key)) {
                  assertThat(weights[key]).isLessThanOrEqualTo(least);
                }
              }
            }
          });
      sound(seen.graph());
    }
  }

  private static Set<Integer> ids(Seen seen, FlowKind kind, String prefix) {
    return seen.graph().nodes().stream()
        .filter(node -> node.kind() == kind)
        .map(node -> Integer.valueOf(node.id().substring(prefix.length(), node.id().indexOf('@'))))
        .collect(Collectors.toSet());
  }

  private static Set<Integer> ends(double[] coefficients, double[] lengths) {
    Integer[] order = IntStream.range(0, coefficients.length).boxed().toArray(Integer[]::new);
    Arrays.sort(
        order,
        (a, b) ->
            Float.compare(
                (float) coefficients[b] * (float) lengths[b],
                (float) coefficients[a] * (float) lengths[a]));
    Set<Integer> ends = new HashSet<>(List.of(order).subList(0, Math.min(18, order.length)));
    ends.addAll(List.of(order).subList(Math.max(0, order.length - 7), order.length));
    return ends;
  }

  /// Unique ids, every node on an edge, no cycle.
  static void sound(FlowGraph graph) {
    Set<String> ids = graph.nodes().stream().map(FlowNode::id).collect(Collectors.toSet());
    assertThat(ids).hasSameSizeAs(graph.nodes());
    Set<String> touched = new HashSet<>();
    Map<String, Set<String>> into = new HashMap<>();
    ids.forEach(id -> into.put(id, new HashSet<>()));
    for (FlowEdge edge : graph.edges()) {
      assertThat(ids).contains(edge.from(), edge.to());
      touched.add(edge.from());
      touched.add(edge.to());
      Objects.requireNonNull(into.get(edge.to())).add(edge.from());
    }
    assertThat(touched).isEqualTo(ids);
    Set<String> done = new HashSet<>();
    boolean more = true;
    while (more) {
      more =
          ids.stream()
              .filter(id -> !done.contains(id))
              .anyMatch(
                  id -> done.containsAll(Objects.requireNonNull(into.get(id))) && done.add(id));
    }
    assertThat(done).as("no cycle").isEqualTo(ids);
  }

  /// D1.7: the output of a layer is the input of the next, and every residual edge is as wide as
  /// its own source is long.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "GPT_NEOX", "LLAMA", "MISTRAL", "GPTJ"})
  void layersJoinAndResidualsAreAsWideAsTheirOwnNorm(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = run(model, golden)) {
      Seen seen = seen(model, run, 0, last(model));
      sound(seen.graph());
      boolean parallel = model.architecture().block().wiring().parallel();
      for (int layer = 1; layer <= last(model); layer++) {
        double length =
            norm(Reference.doubles(run.activation(HookPoint.RESID_PRE.at(layer), POSITION)));
        String input = "L%d:block_output@20".formatted(layer - 1);
        assertClose(seen.node(input).norm(), length, new Tolerance(1e-4, 1e-5));
        String to = "L%d:%s@20".formatted(layer, parallel ? "block_output" : "residual_after_attn");
        FlowEdge residual =
            seen.graph().edges().stream()
                .filter(edge -> edge.from().equals(input) && edge.to().equals(to))
                .findFirst()
                .orElseThrow();
        assertThat(residual.kind()).isEqualTo(FlowEdgeKind.RESIDUAL);
        assertClose(residual.width(), length, Tolerance.within(1e-3));
      }
    }
  }

  private static double norm(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
  }

  /// D1.9: both ends of the scales, and entropies between them.
  @Test
  void coloursEndWhereTheScalesEnd() {
    assertThat(VisitColours.ofRank(1, 50257)).isEqualTo("#00ff00");
    assertThat(VisitColours.ofRank(50257, 50257)).isEqualTo("#8b0000");
    assertThat(VisitColours.ofRank(25_000, 50257)).isEqualTo("#696969");
    assertThat(VisitColours.ofEntropy(0)).isEqualTo("#2f4f4f");
    assertThat(VisitColours.ofEntropy(15)).isEqualTo("#d3d3d3");
    assertThat(VisitColours.ofEntropy(15.62)).isEqualTo("#d3d3d3");
    assertThat(VisitColours.ofWeight(0)).isEqualTo("#f0e68c");
    assertThat(VisitColours.ofWeight(0.5)).isEqualTo("#ffff00");
    assertThat(VisitColours.ofWeight(1)).isEqualTo("#008000");
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "GPT_NEOX", "LLAMA", "MISTRAL"})
  void widthsAndColoursAreAsPublished(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = run(model, golden)) {
      Seen seen = seen(model, run, 1, 1);
      double most = Math.log(512) / Math.log(2);
      for (FlowNode node : seen.graph().nodes()) {
        if (node.entropy() != null) {
          assertThat(node.entropy()).isBetween(0.0, most + 1e-4);
        }
        assertThat(node.colour()).matches("#[0-9a-f]{6}");
      }
      TensorScope.tidyRun(
          () -> {
            HeadLayer heads = HeadLayer.of(run, 1);
            for (FlowEdge edge : seen.graph().edges()) {
              FlowNode from = seen.node(edge.from());
              assertThat(edge.colour()).matches("#[0-9a-f]{6}([0-9a-f]{2})?");
              assertThat(edge.width()).isNotNegative();
              switch (edge.kind()) {
                case ATTENDS -> {
                  double weight = Objects.requireNonNull(edge.weight());
                  assertClose(edge.width(), Math.max(10 * weight, 0.51), Tolerance.within(1e-6));
                  assertThat(edge.colour()).isEqualTo(VisitColours.ofWeight(weight));
                }
                case MOVES -> {
                  int head = Objects.requireNonNull(from.head());
                  int source = Objects.requireNonNull(from.source());
                  double moved =
                      norm(Reference.doubles(heads.memory(head, POSITION).select(0, source)));
                  assertClose(edge.width(), Math.max(1.3 * moved, 0.51), new Tolerance(3e-3, 1e-3));
                  assertThat(edge.colour())
                      .isEqualTo(VisitColours.ofEntropy(Objects.requireNonNull(from.entropy())));
                }
                case PART -> {
                  if (from.kind() == FlowKind.HEAD) {
                    assertClose(edge.width(), 1.8 * from.norm(), new Tolerance(2e-3, 1e-4));
                  }
                  if (from.kind() == FlowKind.QUERY) {
                    assertClose(edge.width(), 0.2 * from.norm(), new Tolerance(1e-3, 1e-4));
                  }
                }
                default -> {}
              }
            }
            // D1: the query's image, times what a key reads, is the score up to biases.
            HeadSide q = HeadSide.query(heads, 0, POSITION);
            HeadSide k = HeadSide.key(heads, 0, POSITION);
            double image = Objects.requireNonNull(seen.node("L1H0:query@20")).norm();
            assertClose(
                image, norm(Reference.doubles(k.back(q.turned()))), new Tolerance(1e-4, 1e-5));
          });
    }
  }

  @Test
  void layersBeyondTheModelAreRefused() {
    try (LanguageModel model = Golden.GPT2.open();
        Run run = run(model, Golden.GPT2)) {
      assertThatThrownBy(() -> seen(model, run, 0, 99))
          .isInstanceOf(FlowException.class)
          .hasMessageContaining("expected a layer from 0 to");
    }
  }
}
