package io.lexiscope.workbench.events;

import io.lexiscope.analysis.events.CorpusEvents;
import io.lexiscope.analysis.events.EventPlan;
import io.lexiscope.analysis.ffn.EventReport;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.text.Sinks;
import io.lexiscope.model.text.TextStatistics;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.PromptSet;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.lens.ConventionView;
import io.lexiscope.workbench.search.IndexShelf;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects events of feed-forward parts over a corpus.
public final class EventsUseCase implements UseCase<EventsRequest, EventsResult> {
  private static final int STANDARD_EXAMPLES = 2000;
  private static final int MOST_EXAMPLES = 200_000;
  private static final double STANDARD_THRESHOLD = 10;

  private final ModelShelf shelf;
  private final IndexShelf indexes;

  private EventsUseCase(ModelShelf shelf, IndexShelf indexes) {
    this.shelf = shelf;
    this.indexes = indexes;
  }

  /// The verb `events`.
  public static Feature<EventsRequest, EventsResult> feature(ModelShelf shelf, IndexShelf indexes) {
    return new Feature<>(
            Verb.reads("events", "What feed-forward parts do to leading words over a corpus.")
                .in(Lane.LONG),
            EventsRequest.class,
            new EventsUseCase(shelf, indexes),
            result -> List.of(ResultFile.csv("layers.csv", () -> EventsCsv.write(result))))
        .lasting(new Lasting.Kept<>(request -> request.choice().model()));
  }

  @Override
  public EventsResult answer(EventsRequest request, Work work) {
    long start = System.nanoTime();
    int most = request.examples() == null ? STANDARD_EXAMPLES : request.examples();
    if (most < 1 || most > MOST_EXAMPLES) {
      throw WorkbenchException.misuse(
          "examples", "events: expected 1 to %,d examples, got %d".formatted(MOST_EXAMPLES, most));
    }
    double threshold = request.threshold() == null ? STANDARD_THRESHOLD : request.threshold();
    if (!(threshold > 0)) {
      throw WorkbenchException.misuse(
          "threshold", "events: expected a threshold above 0, got " + threshold);
    }
    Integer groups = request.groups();
    if (groups != null && groups < 0) {
      throw WorkbenchException.misuse(
          "groups",
          "events: expected 1 or more clusters, or 0 for a tenth of the value vectors, got "
              + groups);
    }
    long seed = request.seed() == null ? 0 : request.seed();
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      PromptSet read =
          PromptSet.of(
              "events", model, request.data(), request.prompts(), new PromptSet.Draw(most, seed));
      CorpusEvents events =
          CorpusEvents.measure(
              model,
              read.prompts(),
              new EventPlan(threshold, groups, sinks(open, work), seed),
              new WorkTurn(work));
      EventReport report = events.report();
      return new EventsResult(
          open.name(),
          report.counts().examples(),
          report.counts().saturations(),
          report.counts().eliminations(),
          report.counts().early(),
          report.counts().apart(),
          report.scores().stream().map(EventsUseCase::view).toList(),
          report.layers().stream().map(EventsUseCase::view).toList(),
          report.savedLayers(),
          report.extreme().threshold(),
          report.extreme().vectors(),
          report.extreme().ofAll(),
          read.corpus(),
          events.groups(),
          ConventionView.of(LensConvention.RAW),
          (System.nanoTime() - start) / 1e9,
          open.provenance(seed));
    }
  }

  /// What the model's own text says of sinks; nothing where it has none.
  private @Nullable Sinks sinks(OpenModel open, Work work) {
    TextStatistics statistics = indexes.statistics(open, work);
    return statistics == null ? null : statistics.sinks();
  }

  private static EventScoresView view(EventReport.EventScores row) {
    return new EventScoresView(row.event(), row.random() ? "random" : "dominant", row.scores());
  }

  private static EventLayerView view(EventReport.LayerRow row) {
    return new EventLayerView(
        row.layer(),
        row.saturated(),
        row.leading(),
        row.withoutExtreme(),
        row.share().lower(),
        row.share().median(),
        row.share().upper(),
        row.share().random());
  }
}
