package io.lexiscope.workbench.flow;

import io.lexiscope.analysis.flow.FlowContrast;
import io.lexiscope.analysis.flow.FlowEffects;
import io.lexiscope.analysis.flow.FlowGraph;
import io.lexiscope.analysis.flow.FlowGroups;
import io.lexiscope.analysis.flow.FlowLoadings;
import io.lexiscope.analysis.flow.FlowNode;
import io.lexiscope.analysis.flow.FlowQuestion;
import io.lexiscope.analysis.flow.FlowSink;
import io.lexiscope.analysis.flow.FlowTracer;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.shelf.KeptRun;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Draws the forward pass as a graph.
public final class FlowUseCase implements UseCase<FlowRequest, FlowResult> {
  private static final int MOST = 1000;

  private final ModelShelf shelf;

  private FlowUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `flow`.
  public static Feature<FlowRequest, FlowResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("flow", "The forward pass as a graph."),
        FlowRequest.class,
        new FlowUseCase(shelf),
        result ->
            List.of(
                ResultFile.csv("edges.csv", () -> FlowCsv.write(result)),
                ResultFile.svg("flow.svg", () -> FlowPicture.of(result).svg()),
                ResultFile.html("flow.html", () -> FlowPage.of(result)),
                ResultFile.json("attribution-graph.json", AttributionGraphFile.of(result))));
  }

  private record Traced(
      FlowQuestion question,
      FlowGraph graph,
      @Nullable FlowContrast other,
      @Nullable FlowLoadings loadings,
      List<FlowSink> sinks) {}

  @Override
  public FlowResult answer(FlowRequest request, Work work) {
    long start = System.nanoTime();
    FlowReadout readout = request.readout();
    requireFit(request);
    try (var open = shelf.use(request.choice())) {
      TokenIds ids = Prompts.idsWithinContext("flow", open.model(), request.prompt());
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      InterventionSpecs.requireMet(model, ids.size(), ids.size());
      Traced traced =
          request.other() == null
              ? alone(open, model, ids, readout, work)
              : beside(request, open, model, ids, work);
      FlowGraph graph = traced.graph();
      Integer against = traced.question().against();
      FlowEffects effects =
          Boolean.TRUE.equals(readout.effects())
              ? FlowEffects.measure(model, ids, graph, traced.question(), new WorkTurn(work))
              : null;
      return new FlowResult(
          Prompts.header(open, ids, /* seed= */ null, notFinite(graph.nodes())),
          TokenView.of(model.tokenizer(), traced.question().target()),
          against == null ? null : TokenView.of(model.tokenizer(), against),
          against == null ? "the mean over the vocabulary" : "the logit of the foil",
          model.architecture().layers(),
          graph.nodes(),
          graph.edges(),
          graph.totals(),
          effects,
          FlowGroups.of(graph),
          traced.other(),
          traced.loadings(),
          FlowSentence.of(model, ids, graph, traced.question(), traced.sinks()),
          model.architecture().dimensions().vocabulary(),
          (System.nanoTime() - start) / 1e6);
    }
  }

  private static void requireFit(FlowRequest request) {
    if (request.other() != null && request.readout().mode() == FlowMode.VISIT) {
      throw WorkbenchException.misuse(
          "other",
          "flow: expected a graph by influence to hold against another, got the published picture; leave mode or other out");
    }
  }

  private static Traced alone(
      OpenModel open, LanguageModel model, TokenIds ids, FlowReadout readout, Work work) {
    FlowTracer tracer = FlowTracer.of(model);
    boolean visit = readout.mode() == FlowMode.VISIT;
    Recording recording = visit ? tracer.visitRecording(ids.size()) : tracer.recording(ids.size());
    return work.pass(
        () -> {
          try (KeptRun kept = open.run(model, ids, recording)) {
            FlowQuestion question = question(kept.run(), readout);
            return new Traced(
                question,
                visit ? tracer.visit(kept.run(), question) : tracer.trace(kept.run(), question),
                /* other= */ null,
                loadings(tracer, kept.run(), question, readout.way()),
                tracer.sinks(kept.run(), question));
          }
        });
  }

  /// Both runs, with the writers that either shows.
  private Traced beside(
      FlowRequest request, OpenModel open, LanguageModel model, TokenIds ids, Work work) {
    FlowOther asked = java.util.Objects.requireNonNull(request.other());
    ModelChoice choice = request.choice();
    ModelChoice other =
        asked.withoutChanges()
            ? new ModelChoice(choice.model(), choice.dtype(), choice.device())
            : choice;
    try (var second = shelf.use(other)) {
      LanguageModel model2 =
          asked.withoutChanges()
              ? second.model()
              : InterventionSpecs.apply(second, request.interventions(), work);
      TokenIds ids2 =
          asked.samePrompt() ? ids : Prompts.idsWithinContext("flow", model2, asked.prompt());
      if (ids2.size() != ids.size()) {
        throw WorkbenchException.invalid(
            "other",
            "flow: expected prompts of as many tokens, so that their positions correspond, got %d and %d; change one of them"
                .formatted(ids.size(), ids2.size()));
      }
      FlowTracer tracer = FlowTracer.of(model);
      FlowTracer tracer2 = FlowTracer.of(model2);
      return work.pass(
          () -> {
            try (KeptRun one = open.run(model, ids, tracer.recording(ids.size()));
                KeptRun two = second.run(model2, ids2, tracer2.recording(ids.size()))) {
              FlowQuestion question = question(one.run(), request.readout());
              Set<String> shown = new HashSet<>(tracer.shown(one.run(), question));
              shown.addAll(tracer2.shown(two.run(), question));
              FlowGraph graph = tracer.trace(one.run(), question, shown);
              return new Traced(
                  question,
                  graph,
                  FlowContrast.of(graph, tracer2.trace(two.run(), question, shown)),
                  loadings(tracer, one.run(), question, request.readout().way()),
                  tracer.sinks(one.run(), question));
            }
          });
    }
  }

  private static @Nullable FlowLoadings loadings(
      FlowTracer tracer, Run run, FlowQuestion question, @Nullable FlowWay way) {
    return way == null ? null : tracer.loadings(run, question, way.from(), way.layer());
  }

  private static FlowQuestion question(Run run, FlowReadout readout) {
    LanguageModel model = run.model();
    int layers = model.architecture().layers();
    int position =
        readout.position() == null
            ? run.length() - 1
            : Prompts.position("flow", "position", readout.position(), run.length());
    FlowQuestion.Limits usual = FlowQuestion.Limits.standard();
    return new FlowQuestion(
        readout.target() == null
            ? run.logits(position).best()
            : Prompts.token("flow", model, "target", readout.target()),
        readout.against() == null
            ? null
            : Integer.valueOf(Prompts.token("flow", model, "against", readout.against())),
        position,
        span(readout.layers(), layers),
        new FlowQuestion.Limits(
            share("nodes", readout.nodes(), usual.nodeShare()),
            share("edges", readout.edges(), usual.edgeShare()),
            count("maxHeads", readout.maxHeads(), usual.heads()),
            count("maxNeurons", readout.maxNeurons(), usual.neurons()),
            count("top", readout.top(), usual.words())));
  }

  private static FlowQuestion.Span span(@Nullable List<Integer> asked, int layers) {
    if (asked == null || asked.isEmpty()) {
      return new FlowQuestion.Span(0, layers - 1);
    }
    for (int layer : asked) {
      if (layer < -layers || layer >= layers) {
        throw WorkbenchException.invalid(
            "layers",
            "flow: expected layers from %d to %d, got %d; choose some of them"
                .formatted(-layers, layers - 1, layer));
      }
    }
    List<Integer> there =
        asked.stream().map(layer -> Math.floorMod(layer, layers)).sorted().toList();
    return new FlowQuestion.Span(there.getFirst(), there.getLast());
  }

  private static double share(String field, @Nullable Double asked, double usual) {
    double share = asked == null ? usual : asked;
    if (!(share >= 0 && share <= 1)) {
      throw WorkbenchException.misuse(
          field,
          "flow: expected a share from 0 to 1 in %s, got %s; leave it out for %s"
              .formatted(field, share, usual));
    }
    return share;
  }

  private static int count(String field, @Nullable Integer asked, int usual) {
    int count = asked == null ? usual : asked;
    if (count < 0 || count > MOST) {
      throw WorkbenchException.misuse(
          field,
          "flow: expected 0 to %,d in %s, got %d; leave it out for %d"
              .formatted(MOST, field, count, usual));
    }
    return count;
  }

  private static List<NotFinite> notFinite(List<FlowNode> nodes) {
    List<FlowNode> bad = nodes.stream().filter(node -> !Double.isFinite(node.norm())).toList();
    if (bad.isEmpty()) {
      return List.of();
    }
    Integer layer = bad.getFirst().layer();
    int at = layer == null ? 0 : layer;
    return List.of(
        new NotFinite(
            HookPoint.RESID_PRE.at(at).toString(), at, bad.getFirst().position(), bad.size()));
  }
}
