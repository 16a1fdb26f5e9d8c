package io.lexiscope.workbench.ffn;

import io.lexiscope.analysis.ffn.FfnIdentity;
import io.lexiscope.analysis.ffn.FfnLayerView;
import io.lexiscope.analysis.ffn.FfnOrder;
import io.lexiscope.analysis.ffn.FfnQuestion;
import io.lexiscope.analysis.ffn.FfnReport;
import io.lexiscope.analysis.ffn.FfnSubUpdates;
import io.lexiscope.analysis.ffn.NullBand;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.ReadAgainst;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.lens.ConventionView;
import io.lexiscope.workbench.shelf.KeptRun;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Takes feed-forward parts apart into sub-updates, scored for a word.
public final class FfnUseCase implements UseCase<FfnRequest, FfnResult> {
  private static final int STANDARD_TOP = 10;
  private static final int STANDARD_NULL = 20;
  private static final int MOST_WORDS = 1000;
  private static final int MOST_NULL = 1000;

  /// Most sub-updates of one answer.
  private static final int MOST_SUB_UPDATES = 50_000;

  private final ModelShelf shelf;

  private FfnUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `ffn`.
  public static Feature<FfnRequest, FfnResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("ffn", "Which neuron pushed which word."),
        FfnRequest.class,
        new FfnUseCase(shelf),
        result ->
            List.of(
                ResultFile.csv("sub-updates.csv", () -> FfnCsv.subUpdates(result)),
                ResultFile.csv("events.csv", () -> FfnCsv.events(result))));
  }

  @Override
  public FfnResult answer(FfnRequest request, Work work) {
    long start = System.nanoTime();
    try (var open = shelf.use(request.choice())) {
      TokenIds ids = Prompts.idsWithinContext("ffn", open.model(), request.prompt());
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      InterventionSpecs.requireMet(model, ids.size(), ids.size());
      FfnQuestion asked = asked(request, model, ids.size());
      var turn = new WorkTurn(work);
      Map<Integer, NullBand> bands = FfnReport.bands(model, asked, turn);
      FfnReport report =
          work.pass(
              () -> {
                Recording recording = FfnSubUpdates.recording(model);
                try (KeptRun kept = open.run(model, ids, recording)) {
                  return FfnReport.of(kept.run(), asked, bands, turn);
                }
              });
      Integer against = asked.words().against();
      return new FfnResult(
          Prompts.header(open, ids, asked.counts().seed(), notFinite(report.layers())),
          ReadAgainst.of(model, asked.words().baseline() == Baseline.NONE),
          ConventionView.of(asked.convention()),
          asked.convention() != LensConvention.FINAL_NORM,
          FfnIdentity.of(model.architecture().block().wiring()).description(),
          asked.counts().order(),
          report.layers(),
          report.events(),
          against == null ? null : TokenView.of(model.tokenizer(), against),
          ConventionView.of(report.rankedBy()),
          asked.counts().nullVectors(),
          model.architecture().dimensions().vocabulary(),
          (System.nanoTime() - start) / 1e6);
    }
  }

  private static FfnQuestion asked(FfnRequest request, LanguageModel model, int length) {
    FfnReadout readout = request.readout();
    List<Integer> positions =
        (request.positions() == null ? List.of(-1) : request.positions())
            .stream()
                .map(position -> Prompts.position("ffn", "positions", position, length))
                .sorted()
                .distinct()
                .toList();
    List<Integer> layers = layers(request.layers(), model.architecture().layers());
    int neurons = model.architecture().dimensions().dMlp();
    int top = Math.min(neurons, count("top", readout.top(), STANDARD_TOP, Integer.MAX_VALUE));
    if (positions.isEmpty() || layers.isEmpty()) {
      throw WorkbenchException.invalid(
          positions.isEmpty() ? "positions" : "layers",
          "ffn: expected at least one layer and one position, got none; leave the list out");
    }
    long listed = (long) positions.size() * layers.size() * top;
    if (listed > MOST_SUB_UPDATES) {
      throw WorkbenchException.invalid(
          "top",
          "ffn: expected at most %,d sub-updates, got %,d; ask for fewer of them, or for fewer layers or positions"
              .formatted(MOST_SUB_UPDATES, listed));
    }
    return new FfnQuestion(
        new FfnQuestion.Places(layers, positions),
        new FfnQuestion.Counts(
            readout.order() == null ? FfnOrder.DOMINANCE : readout.order(),
            top,
            count("words", readout.words(), STANDARD_TOP, MOST_WORDS),
            count("nullVectors", readout.nullVectors(), STANDARD_NULL, MOST_NULL),
            readout.seed() == null ? 0 : readout.seed()),
        new FfnQuestion.Scored(
            token(model, "target", readout.target()),
            token(model, "against", readout.against()),
            Boolean.TRUE.equals(readout.raw()) ? Baseline.NONE : Baseline.MEAN),
        Objects.requireNonNullElse(readout.convention(), LensConvention.FROZEN_SCALE));
  }

  private static @Nullable Integer token(LanguageModel model, String field, @Nullable String word) {
    return word == null ? null : Prompts.token("ffn", model, field, word);
  }

  private static int count(String field, @Nullable Integer asked, int otherwise, int most) {
    int count = asked == null ? otherwise : asked;
    if (count < 0 || count > most) {
      throw WorkbenchException.misuse(
          field, "ffn: expected 0 to %,d in %s, got %d".formatted(most, field, count));
    }
    return count;
  }

  private static List<Integer> layers(@Nullable List<Integer> asked, int layers) {
    if (asked == null) {
      return IntStream.range(0, layers).boxed().toList();
    }
    for (int layer : asked) {
      if (layer < -layers || layer >= layers) {
        throw WorkbenchException.invalid(
            "layers",
            "ffn: expected layers from %d to %d, got %d".formatted(-layers, layers - 1, layer));
      }
    }
    return asked.stream().map(layer -> Math.floorMod(layer, layers)).sorted().distinct().toList();
  }

  /// The first layer whose numbers are not finite, and at how many places.
  private static List<NotFinite> notFinite(List<FfnLayerView> layers) {
    List<FfnLayerView> bad =
        layers.stream()
            .filter(
                layer ->
                    !Double.isFinite(layer.residualError())
                        || !Double.isFinite(layer.before().entropy())
                        || !Double.isFinite(layer.after().entropy()))
            .toList();
    return bad.isEmpty()
        ? List.of()
        : List.of(
            new NotFinite(
                io.lexiscope.model.place.HookPoint.MLP_OUT.at(bad.getFirst().layer()).toString(),
                bad.getFirst().layer(),
                bad.getFirst().position(),
                bad.size()));
  }
}
