package io.lexiscope.workbench.values;

import io.lexiscope.analysis.tracing.CausalCheck;
import io.lexiscope.analysis.tracing.SiteTrace;
import io.lexiscope.analysis.tracing.ValueTrace;
import io.lexiscope.analysis.tracing.Verdict;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// Traces the values of a task through a model.
public final class TraceValuesUseCase implements UseCase<TraceValuesRequest, TraceValuesResult> {
  private final ModelShelf shelf;

  private TraceValuesUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `trace-values`.
  public static Feature<TraceValuesRequest, TraceValuesResult> feature(ModelShelf shelf) {
    return new Feature<>(
            Verb.reads("trace-values", "Where a model keeps the numbers that it computes with.")
                .in(Lane.LONG),
            TraceValuesRequest.class,
            new TraceValuesUseCase(shelf),
            result -> List.of(ResultFile.csv("values.csv", () -> ValuesCsv.write(result))))
        .lasting(new Lasting.Kept<>(request -> request.choice().model()));
  }

  @Override
  public TraceValuesResult answer(TraceValuesRequest request, Work work) {
    long start = System.nanoTime();
    long seed = request.seed() == null ? 0 : request.seed();
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      ValueTasks task = ValueTasks.of("trace", model, request.task(), seed);
      ValueTrace trace =
          ValueTrace.measure(
              model,
              task.prompts(),
              new ValueTrace.Places(
                  ValueTasks.point(request.at()),
                  ValueTasks.layers(model, request.layers()),
                  /* positions= */ true,
                  !Boolean.FALSE.equals(request.joined())),
              Boolean.FALSE.equals(request.causal()) ? null : task.output(),
              seed,
              new WorkTurn(work));
      return new TraceValuesResult(
          Prompts.header(open, task.prompts().prompts().getFirst().tokens(), seed, List.of()),
          finding(trace, task.prompts().names()),
          trace.at().template(),
          task.prompts().names(),
          task.prompts().prompts().size(),
          views(trace),
          trace.notJoined(),
          (System.nanoTime() - start) / 1e9);
    }
  }

  private static List<TracedValueView> views(ValueTrace trace) {
    List<TracedValueView> views = new ArrayList<>();
    for (SiteTrace site : trace.sites()) {
      for (SiteTrace.Reading reading : site.values()) {
        Optional<CausalCheck> check =
            trace.checks().stream()
                .filter(
                    one ->
                        one.layer() == site.layer()
                            && Objects.equals(one.position(), site.position())
                            && one.value().equals(reading.value()))
                .findFirst();
        SiteTrace.Linear linear = reading.linear();
        views.add(
            new TracedValueView(
                site.layer(),
                site.position(),
                linear.component(),
                reading.value(),
                linear.pearson(),
                linear.components(),
                linear.ridge(),
                linear.pls(),
                reading.partial().least(),
                reading.partial().given().isEmpty() ? null : reading.partial().given(),
                reading.circles().stream()
                    .map(c -> new TracedCircle(c.period(), c.free(), c.explained()))
                    .toList(),
                reading.controls().shuffled(),
                reading.controls().random(),
                check.map(one -> one.verdict().label()).orElse(null),
                check.map(one -> one.effect().along()).orElse(null),
                check.map(one -> one.effect().random()).orElse(null)));
      }
    }
    return views;
  }

  /// A sentence a value: where a component follows it most, and where moving it moves the answer.
  private static String finding(ValueTrace trace, List<String> names) {
    List<String> sentences = new ArrayList<>();
    for (int value = 0; value < names.size(); value++) {
      int one = value;
      Comparator<SiteTrace> byPearson =
          Comparator.comparingDouble(site -> Math.abs(site.values().get(one).linear().pearson()));
      SiteTrace best = trace.sites().stream().max(byPearson).orElseThrow();
      SiteTrace.Linear linear = best.values().get(one).linear();
      List<Integer> causal =
          trace.checks().stream()
              .filter(
                  check ->
                      check.value().equals(names.get(one)) && check.verdict() == Verdict.CAUSAL)
              .map(CausalCheck::layer)
              .toList();
      sentences.add(
          String.format(
              Locale.ROOT,
              "%s is followed most by component %d of layer %d, %s (|r| %.2f)%s.",
              names.get(one),
              linear.component(),
              best.layer(),
              best.position() == null ? "all positions joined" : "position " + best.position(),
              Math.abs(linear.pearson()),
              trace.checks().isEmpty()
                  ? ""
                  : causal.isEmpty()
                      ? "; moving it at one position moves the answer in no layer"
                      : "; moving it at one position moves the answer in layers " + causal));
    }
    return String.join(" ", sentences);
  }
}
