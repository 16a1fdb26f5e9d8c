package io.lexiscope.workbench.detox;

import io.lexiscope.analysis.detox.ContinuationScorer;
import io.lexiscope.analysis.detox.Detox;
import io.lexiscope.analysis.detox.DetoxDose;
import io.lexiscope.analysis.detox.DetoxPlan;
import io.lexiscope.analysis.detox.DetoxReport;
import io.lexiscope.analysis.detox.DetoxVector;
import io.lexiscope.analysis.detox.VectorSelection;
import io.lexiscope.base.Journal;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.text.TextStatistics;
import io.lexiscope.workbench.ask.Count;
import io.lexiscope.workbench.ask.InterventionKind;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.InterventionUnits;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.perspective.PerspectiveScorer;
import io.lexiscope.workbench.perspective.PerspectiveSettings;
import io.lexiscope.workbench.search.IndexShelf;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks for a detoxification experiment, and says what change it found in a form to be used
/// elsewhere.
public final class DetoxUseCase implements UseCase<DetoxRequest, DetoxResult> {
  private static final int STANDARD_COUNT = 10;

  /// Each draw and each dose continues all prompts once more.
  private static final int MOST_ROWS = 1000;

  private final ModelShelf shelf;
  private final IndexShelf indexes;
  private final Supplier<PerspectiveSettings> perspective;

  private DetoxUseCase(
      ModelShelf shelf, IndexShelf indexes, Supplier<PerspectiveSettings> perspective) {
    this.shelf = shelf;
    this.indexes = indexes;
    this.perspective = perspective;
  }

  /// The verb `detox`.
  public static Feature<DetoxRequest, DetoxResult> feature(
      ModelShelf shelf, IndexShelf indexes, Supplier<PerspectiveSettings> perspective) {
    return new Feature<>(
            Verb.reads(
                    "detox", "Value vectors set to make continuations less toxic, beside controls.")
                .in(Lane.LONG),
            DetoxRequest.class,
            new DetoxUseCase(shelf, indexes, perspective),
            DetoxDownloads::of)
        .lasting(new Lasting.Resumable<>(request -> request.choice().model(), request -> request));
  }

  @Override
  public DetoxResult answer(DetoxRequest request, Work work) {
    long start = System.nanoTime();
    ContinuationScorer service =
        Boolean.TRUE.equals(request.measure().perspective())
            ? PerspectiveScorer.of(perspective.get(), work::checkCancelled)
            : null;
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      DetoxPlan plan = plan(request, model, open, work);
      InterventionUnits units = units(request.selection());
      if (plan.selection() instanceof VectorSelection.Named named) {
        InterventionSpecs.of(model, List.of(spec(names(named), /* number= */ 1, units)));
      }
      DetoxReport report = report(open, request, service, model, plan, work);
      return new DetoxResult(
          open.name(),
          report.baseline(),
          report.rows(),
          report.vectors(),
          report.method(),
          specs(report, units),
          (System.nanoTime() - start) / 1e9,
          open.provenance(plan.seed()));
    }
  }

  /// The experiment, going on after what its job has finished with the same model, program and
  /// settings of the machine.
  private static DetoxReport report(
      OpenModel open,
      DetoxRequest request,
      @Nullable ContinuationScorer service,
      LanguageModel model,
      DetoxPlan plan,
      Work work) {
    try (Journal journal = work.journal(open.provenance(plan.seed()).toString())) {
      return Detox.measure(
          model, DetoxMaterial.of(model, request, service), plan, new WorkTurn(work), journal);
    }
  }

  private DetoxPlan plan(DetoxRequest request, LanguageModel model, OpenModel open, Work work) {
    DetoxPlan standard = DetoxPlan.standard();
    DetoxSelection asked = request.selection();
    DetoxMeasure measure = request.measure();
    List<Double> doses = Objects.requireNonNullElse(asked.doses(), standard.dose().doses());
    boolean typed = asked.doses() != null || asked.coefficient() != null || asked.units() != null;
    TextStatistics spreads = typed ? null : indexes.statistics(open, work);
    if (doses.size() > MOST_ROWS) {
      throw WorkbenchException.misuse(
          "doses", "detox: expected at most %d doses, got %d".formatted(MOST_ROWS, doses.size()));
    }
    return new DetoxPlan(
        selection(asked, model),
        spreads != null
            ? DetoxDose.inSpreads(spreads)
            : new DetoxDose(
                asked.coefficient(),
                doses,
                units(asked) == InterventionUnits.PRE_ACTIVATION,
                /* spreads= */ null),
        Objects.requireNonNullElse(measure.n(), standard.tokens()),
        Count.within("detox", "draws", measure.draws(), standard.draws(), 1, MOST_ROWS),
        Objects.requireNonNullElse(measure.seed(), standard.seed()));
  }

  private static VectorSelection selection(DetoxSelection asked, LanguageModel model) {
    List<String> neurons = asked.neurons();
    List<String> words = asked.words();
    if (neurons != null && words != null) {
      throw WorkbenchException.invalid(
          "neurons", "detox: expected neurons or words, got both; leave one out");
    }
    if (neurons != null) {
      return new VectorSelection.Named(neurons.stream().map(InterventionSpecs::neuron).toList());
    }
    int count = Objects.requireNonNullElse(asked.count(), STANDARD_COUNT);
    long all = (long) model.architecture().layers() * model.architecture().dimensions().dMlp();
    if (count > all) {
      throw WorkbenchException.invalid(
          "count", "detox: expected at most %,d vectors in count, got %,d".formatted(all, count));
    }
    return words == null
        ? new VectorSelection.Lowering(count)
        : new VectorSelection.Promoting(
            words.stream().map(word -> Prompts.token("detox", model, "words", word)).toList(),
            count);
  }

  private static InterventionUnits units(DetoxSelection asked) {
    return Objects.requireNonNullElse(asked.units(), InterventionUnits.POST_ACTIVATION);
  }

  private static List<String> names(VectorSelection.Named named) {
    return named.neurons().stream()
        .map(neuron -> new NeuronName(neuron.layer(), neuron.index()).toString())
        .toList();
  }

  /// The change that was found: one for all vectors where they are set to one number.
  private static List<InterventionSpec> specs(DetoxReport report, InterventionUnits units) {
    return report.method().inSpreads()
        ? report.vectors().stream()
            .map(vector -> spec(List.of(vector.neuron()), vector.setTo(), units))
            .toList()
        : List.of(
            spec(
                report.vectors().stream().map(DetoxVector::neuron).toList(),
                report.coefficient(),
                units));
  }

  /// The change, as it is written into files and requests.
  private static InterventionSpec spec(
      List<String> neurons, double number, InterventionUnits units) {
    return InterventionSpec.of(InterventionKind.SET)
        .name("detox")
        .neurons(neurons)
        .units(units)
        .value(number)
        .build();
  }
}
