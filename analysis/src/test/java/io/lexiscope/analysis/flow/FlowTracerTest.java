package io.lexiscope.analysis.flow;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.attention.TargetDirection;
import io.lexiscope.analysis.attribution.AttributionQuery;
import io.lexiscope.analysis.attribution.DirectLogitAttribution;
import io.lexiscope.analysis.lens.LensTarget;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlowTracerTest {
  private static final Tolerance FLOAT = new Tolerance(3e-4, 1e-4);

  private static FlowQuestion question(LanguageModel model, int position, double nodes) {
    return new FlowQuestion(
        /* target= */ 31,
        /* against= */ 400,
        position,
        new FlowQuestion.Span(0, model.architecture().layers() - 1),
        new FlowQuestion.Limits(nodes, /* edgeShare= */ 0.9, /* heads= */ 8, /* neurons= */ 3, 2));
  }

  private static FlowGraph graph(LanguageModel model, Golden golden, int position, double nodes) {
    FlowTracer tracer = FlowTracer.of(model);
    try (Run run = model.run(golden.prompt(), tracer.recording(24))) {
      return tracer.trace(run, question(model, position, nodes));
    }
  }

  private static Map<String, Double> inputs(FlowGraph graph) {
    Map<String, Double> sums = new HashMap<>();
    graph.edges().stream()
        .filter(edge -> edge.kind() != FlowEdgeKind.READS && edge.kind() != FlowEdgeKind.FEEDS)
        .forEach(edge -> sums.merge(edge.to(), edge.value(), Double::sum));
    return sums;
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void whatGoesIntoEveryNodeSumsToIt(Golden golden) {
    try (LanguageModel model = golden.open()) {
      FlowGraph graph = graph(model, golden, 20, 0.6);
      Map<String, Double> sums = inputs(graph);

      int checked = 0;
      for (FlowNode node : graph.nodes()) {
        switch (node.kind()) {
          case STREAM, STREAM_MID, HEAD, MLP -> {
            assertClose(sums.getOrDefault(node.id(), 0.0), node.norm(), FLOAT);
            checked++;
          }
          case PREDICTION ->
              assertClose(
                  sums.getOrDefault(node.id(), Double.NaN),
                  graph.totals().logit(),
                  Tolerance.within(1e-9));
          default -> {}
        }
      }
      assertThat(checked).isGreaterThan(5);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void thePredictionIsTheLogitThatAttributionExplains(Golden golden) {
    try (LanguageModel model = golden.open()) {
      var query =
          AttributionQuery.of(new LensTarget.Id(31)).against(new LensTarget.Id(400)).position(20);
      var attribution = DirectLogitAttribution.of(model);
      double exact;
      try (Run run = model.run(golden.prompt(), attribution.recording(query))) {
        exact = attribution.explain(run, query).balance().logit();
      }

      assertClose(graph(model, golden, 20, 0.5).totals().logit(), exact, FLOAT);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void influenceIsNeitherMadeNorLost(Golden golden) {
    try (LanguageModel model = golden.open()) {
      FlowTracer tracer = FlowTracer.of(model);
      try (Run run = model.run(golden.prompt(), tracer.recording(24))) {
        double kept =
            TensorScope.tidy(
                () ->
                    FlowSweep.of(run, 20, new TargetDirection(model, 31, null).at(run, 20)).kept());
        assertClose(kept, 1, Tolerance.within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void theGraphIsOneAcyclicAndEndsInThePrediction(Golden golden) {
    try (LanguageModel model = golden.open()) {
      FlowGraph graph = graph(model, golden, 20, 0.7);
      Set<String> ids = graph.nodes().stream().map(FlowNode::id).collect(Collectors.toSet());
      assertThat(ids).hasSameSizeAs(graph.nodes());
      Map<String, List<String>> next = new HashMap<>();
      Set<String> touched = new HashSet<>();
      for (FlowEdge edge : graph.edges()) {
        assertThat(ids).contains(edge.from(), edge.to());
        next.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge.to());
        touched.add(edge.from());
        touched.add(edge.to());
      }
      assertThat(touched).isEqualTo(ids);
      Map<String, Integer> state = new HashMap<>();
      ids.forEach(id -> assertThat(acyclic(id, next, state)).isTrue());
      assertThat(graph.totals().through()).isBetween(0.7, 1.0);
      assertThat(graph.nodes()).allMatch(node -> node.position() <= 20);
    }
  }

  private static boolean acyclic(
      String id, Map<String, List<String>> next, Map<String, Integer> state) {
    Integer seen = state.get(id);
    if (seen != null) {
      return seen == 2;
    }
    state.put(id, 1);
    for (String after : next.getOrDefault(id, List.of())) {
      if (!acyclic(after, next, state)) {
        return false;
      }
    }
    state.put(id, 2);
    return true;
  }

  @Test
  void moreIsShownWhereMoreIsWanted() {
    try (LanguageModel model = Golden.LLAMA.open()) {
      FlowGraph few = graph(model, Golden.LLAMA, 23, 0.3);
      FlowGraph many = graph(model, Golden.LLAMA, 23, 0.9);

      assertThat(many.totals().shown()).isGreaterThan(few.totals().shown());
      assertThat(many.totals().through()).isGreaterThan(few.totals().through());
      assertThat(many.totals().complete()).isGreaterThan(few.totals().complete());
    }
  }

  @Test
  void anEffectIsWhatThePassWithoutTheNodeLacks() {
    try (LanguageModel model = Golden.GPT2.open()) {
      FlowQuestion question = question(model, 23, 0.95);
      FlowGraph graph = graph(model, Golden.GPT2, 23, 0.95);
      FlowEffects effects =
          FlowEffects.measure(model, Golden.GPT2.prompt(), graph, question, Turn.immediately());
      FlowNode head =
          graph.nodes().stream()
              .filter(node -> node.kind() == FlowKind.HEAD && node.position() == 23)
              .findFirst()
              .orElseThrow();
      double found =
          effects.nodes().stream()
              .filter(effect -> effect.id().equals(head.id()))
              .findFirst()
              .orElseThrow()
              .logits();

      var off =
          Interventions.of(
              Intervention.ablateHead(
                      Objects.requireNonNull(head.layer()), Objects.requireNonNull(head.head()))
                  .at(new Where.At(List.of(23))));
      try (Run whole = model.run(Golden.GPT2.prompt(), Recording.nothing());
          Run without = model.with(off).run(Golden.GPT2.prompt(), Recording.nothing())) {
        double before = (double) whole.logits(23).of(31) - whole.logits(23).of(400);
        double after = (double) without.logits(23).of(31) - without.logits(23).of(400);
        assertClose(found, before - after, Tolerance.within(1e-5));
      }
    }
  }

  @Test
  void modelsThatLookAheadAndSharesBeyondOneAreRefused() {
    try (LanguageModel model = Golden.BERT.open()) {
      assertThatThrownBy(() -> FlowTracer.of(model))
          .isInstanceOf(FlowException.class)
          .hasMessageContaining("from left to right");
    }
    assertThatThrownBy(() -> new FlowQuestion.Limits(1.5, 0.9, 1, 1, 1))
        .isInstanceOf(FlowException.class)
        .hasMessageContaining("from 0 to 1, got 1.5");
  }

  /// Of the three heads with the largest pushes at least two are among the three whose absence
  /// lowers the answer most, over the other name.
  @Test
  void theStrongestHeadsByContributionAreThoseByAblation() {
    try (LanguageModel model = LanguageModel.open(Path.of("../models/microworld"))) {
      var ids =
          model
              .tokenizer()
              .encode("When Mary and John went to the store, John gave a drink to")
              .ids();
      FlowTracer tracer = FlowTracer.of(model);
      FlowQuestion question =
          new FlowQuestion(
              model.tokenizer().idOf(" Mary"),
              model.tokenizer().idOf(" John"),
              ids.size() - 1,
              new FlowQuestion.Span(0, model.architecture().layers() - 1),
              new FlowQuestion.Limits(1, 0.98, /* heads= */ 1000, 2, 2));
      FlowGraph graph;
      try (Run run = model.run(ids, tracer.recording(ids.size()))) {
        graph = tracer.trace(run, question);
      }
      FlowEffects effects = FlowEffects.measure(model, ids, graph, question, Turn.immediately());
      List<FlowNode> heads =
          graph.nodes().stream()
              .filter(node -> node.kind() == FlowKind.HEAD && node.position() == ids.size() - 1)
              .toList();
      Map<String, Double> off = new HashMap<>();
      effects.nodes().forEach(effect -> off.put(effect.id(), effect.logits()));
      List<String> byPush =
          heads.stream()
              .sorted(Comparator.comparingDouble(node -> -Objects.requireNonNull(node.push())))
              .limit(3)
              .map(FlowNode::id)
              .toList();
      List<String> byEffect =
          heads.stream()
              .sorted(Comparator.comparingDouble(node -> -off.getOrDefault(node.id(), 0.0)))
              .limit(3)
              .map(FlowNode::id)
              .toList();

      assertThat(byPush.stream().filter(byEffect::contains).count()).isGreaterThanOrEqualTo(2);
    }
  }
}
