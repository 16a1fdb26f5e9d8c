package io.lexiscope.analysis.flow;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.attention.HeadLayer;
import io.lexiscope.analysis.attention.TargetDirection;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Ways through heads, two runs in one graph, groups and sinks.
class FlowTablesTest {
  private static FlowQuestion question(LanguageModel model) {
    return new FlowQuestion(
        31,
        400,
        20,
        new FlowQuestion.Span(0, model.architecture().layers() - 1),
        new FlowQuestion.Limits(0.6, 0.9, 8, 3, 6));
  }

  /// The loadings of all writers of one position sum to what the layer moves from there to the
  /// prediction, in a family without biases.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"LLAMA", "MISTRAL"})
  void loadingsOfAllWritersSumToWhatTheLayerMoves(Golden golden) {
    try (LanguageModel model = golden.open()) {
      FlowTracer tracer = FlowTracer.of(model);
      FlowQuestion question = question(model);
      int heads = model.architecture().block().attention().heads().heads();
      try (Run run = model.run(golden.prompt(), tracer.recording(24))) {
        double[] sums = new double[heads];
        double bypass = 0;
        Set<String> writers = new HashSet<>(Set.of("embed@20", "L0M@20", "L1M@20"));
        for (int head = 0; head < heads; head++) {
          writers.add("L0H" + head + "@20");
          writers.add("L1H" + head + "@20");
        }
        for (String writer : writers) {
          FlowLoadings way = tracer.loadings(run, question, writer, 2);
          assertClose(
              way.total(),
              way.bypass() + way.heads().stream().mapToDouble(part -> part).sum(),
              Tolerance.within(1e-9));
          bypass += way.bypass();
          for (int head = 0; head < heads; head++) {
            sums[head] += way.heads().get(head);
          }
        }
        double past = bypass;
        TensorScope.tidyRun(
            () -> {
              var direction = new TargetDirection(model, 31, 400).at(run, 20);
              for (int head = 0; head < heads; head++) {
                double moved =
                    HeadLayer.of(run, 2).memory(head, 20).select(0, 20).mul(direction).sum().item();
                assertClose(sums[head], moved, new Tolerance(2e-4, 1e-4));
              }
              double stream =
                  FlowStreams.at(run, 4, List.of(20)).squeeze(0).mul(direction).sum().item();
              assertClose(past, stream, new Tolerance(2e-4, 1e-4));
            });
        assertThat(tracer.loadings(run, question, "embed@3", 2).bypass()).isZero();
        assertThatThrownBy(() -> tracer.loadings(run, question, "L2M@20", 2))
            .isInstanceOf(FlowException.class)
            .hasMessageContaining("a layer after L2M@20");
        assertThatThrownBy(() -> tracer.loadings(run, question, "L99M@20", 2))
            .isInstanceOf(FlowException.class)
            .hasMessageContaining("take the id of a node");
      }
    }
  }

  @Test
  void aRunAgainstItselfDoesNotDifferAndAgainstAnotherDoes() {
    try (LanguageModel model = Golden.GPT2.open()) {
      FlowTracer tracer = FlowTracer.of(model);
      FlowQuestion question = question(model);
      int[] changed = Golden.GPT2.prompt().toArray();
      changed[5] = 77;
      try (Run one = model.run(Golden.GPT2.prompt(), tracer.recording(24));
          Run two = model.run(TokenIds.of(changed), tracer.recording(24))) {
        Set<String> shown = new HashSet<>(tracer.shown(one, question));
        shown.addAll(tracer.shown(two, question));
        FlowGraph graph = tracer.trace(one, question, shown);
        FlowContrast same = FlowContrast.of(graph, tracer.trace(one, question, shown));
        FlowContrast other = FlowContrast.of(graph, tracer.trace(two, question, shown));

        assertThat(graph.totals().shown()).isEqualTo(shown.size());
        for (int i = 0; i < graph.edges().size(); i++) {
          assertClose(
              Objects.requireNonNull(same.edges().get(i).value()),
              graph.edges().get(i).value(),
              Tolerance.within(1e-9));
        }
        assertThat(other.totals().logit()).isNotEqualTo(graph.totals().logit());
        assertThat(other.nodes()).hasSameSizeAs(graph.nodes());
        for (FlowOtherNode node : other.nodes()) {
          if (shown.contains(node.id())) {
            assertThat(node.norm()).as(node.id()).isNotNull();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "LLAMA"})
  void groupsHoldNodesOfOnePositionOnce(Golden golden) {
    try (LanguageModel model = golden.open()) {
      FlowTracer tracer = FlowTracer.of(model);
      try (Run run = model.run(golden.prompt(), tracer.recording(24))) {
        FlowGraph graph = tracer.trace(run, question(model));
        Set<String> seen = new HashSet<>();
        for (FlowGroup group : FlowGroups.of(graph)) {
          assertThat(group.ids()).hasSizeGreaterThan(1);
          assertThat(seen).doesNotContainAnyElementsOf(group.ids());
          seen.addAll(group.ids());
          assertThat(group.ids().stream().map(id -> id.substring(id.indexOf('@'))).distinct())
              .hasSize(1);
        }
        FlowNode one =
            graph.nodes().stream()
                .filter(node -> node.kind() == FlowKind.MLP)
                .findFirst()
                .orElseThrow();
        FlowNode twin =
            FlowSheet.node(
                "L9M@" + one.position(),
                FlowKind.MLP,
                FlowSpot.of(9, one.position()),
                "twin",
                one.push(),
                0);
        FlowNode read =
            new FlowNode(
                twin.id(),
                twin.kind(),
                twin.layer(),
                twin.position(),
                null,
                null,
                null,
                "twin",
                1,
                one.entropy(),
                one.top(),
                one.bottom(),
                one.target(),
                one.push(),
                0,
                null,
                null);
        FlowGraph both = new FlowGraph(List.of(one, read), List.of(), graph.totals());
        assertThat(FlowGroups.of(both))
            .singleElement()
            .satisfies(group -> assertThat(group.ids()).contains(one.id(), twin.id()));
      }
    }
  }

  @Test
  void sinksLookAtTheFirstPositionAndTakeLittleFromIt() {
    try (LanguageModel model = Golden.GPT2.open()) {
      FlowTracer tracer = FlowTracer.of(model);
      try (Run run = model.run(Golden.GPT2.prompt(), tracer.recording(24))) {
        for (FlowSink sink : tracer.sinks(run, question(model))) {
          double weight =
              TensorScope.tidy(
                  () ->
                      HeadLayer.of(run, sink.layer())
                          .pattern(List.of(20))
                          .select(0, sink.head())
                          .toFloats())[0];
          assertClose(sink.weight(), weight, Tolerance.within(1e-6));
          assertThat(weight).isGreaterThan(0.5);
          assertThat(sink.share()).isLessThan(0.5);
        }
      }
    }
  }
}
