package io.lexiscope.workbench.ffn;

import io.lexiscope.analysis.ffn.FfnAccount;
import io.lexiscope.analysis.ffn.FfnEvent;
import io.lexiscope.analysis.ffn.FfnIdentity;
import io.lexiscope.analysis.ffn.FfnSubUpdates;
import io.lexiscope.analysis.ffn.FfnTracer;
import io.lexiscope.analysis.ffn.FfnWords;
import io.lexiscope.analysis.ffn.NullBand;
import io.lexiscope.analysis.ffn.SubUpdate;
import io.lexiscope.analysis.lens.LensTarget;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.lens.ConventionView;
import io.lexiscope.workbench.lens.Conventions;
import io.lexiscope.workbench.lens.LensConvention;
import io.lexiscope.workbench.shelf.KeptRun;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        new FfnUseCase(shelf));
  }

  /// What is asked, resolved.
  private record Asked(Places places, Counts counts, Words words, LensConvention convention) {}

  private record Places(List<Integer> layers, List<Integer> positions) {}

  private record Counts(FfnOrder order, int top, int words, int nullVectors, long seed) {}

  private record Words(@Nullable Integer target, @Nullable Integer against) {}

  @Override
  public FfnResult answer(FfnRequest request, Work work) {
    long start = System.nanoTime();
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      TokenIds ids = Prompts.idsWithinContext("ffn", model, request.prompt());
      Asked asked = asked(request, model, ids.size());
      Map<Integer, NullBand> bands = bands(model, asked, work);
      Answer answer =
          work.pass(
              () -> {
                Recording recording = FfnSubUpdates.recording(model);
                try (KeptRun kept = open.run(model, ids, recording)) {
                  return read(kept.run(), asked, bands, work);
                }
              });
      Integer against = asked.words().against();
      return new FfnResult(
          Prompts.header(open, ids, asked.counts().seed(), notFinite(answer.layers())),
          ConventionView.of(asked.convention()),
          Conventions.of(asked.convention())
              != io.lexiscope.analysis.lens.LensConvention.AFTER_FINAL_NORM,
          FfnIdentity.of(model.architecture().block().wiring()).description(),
          asked.counts().order(),
          answer.layers(),
          answer.events(),
          against == null ? null : TokenView.of(model.tokenizer(), against),
          ConventionView.of(Conventions.named(answer.eventConvention())),
          asked.counts().nullVectors(),
          model.architecture().dimensions().vocabulary(),
          (System.nanoTime() - start) / 1e6);
    }
  }

  private static Asked asked(FfnRequest request, LanguageModel model, int length) {
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
    return new Asked(
        new Places(layers, positions),
        new Counts(
            readout.order() == null ? FfnOrder.DOMINANCE : readout.order(),
            top,
            count("words", readout.words(), STANDARD_TOP, MOST_WORDS),
            count("nullVectors", readout.nullVectors(), STANDARD_NULL, MOST_NULL),
            readout.seed() == null ? 0 : readout.seed()),
        new Words(
            token(model, "target", readout.target()), token(model, "against", readout.against())),
        Conventions.orElse(readout.convention(), LensConvention.FROZEN_SCALE));
  }

  private static @Nullable Integer token(LanguageModel model, String field, @Nullable String word) {
    return word == null ? null : Prompts.token("ffn", model, field, word);
  }

  private static int count(String field, @Nullable Integer asked, int otherwise, int most) {
    int count = asked == null ? otherwise : asked;
    if (count < 0 || count > most) {
      throw WorkbenchException.invalid(
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

  private static Map<Integer, NullBand> bands(LanguageModel model, Asked asked, Work work) {
    Map<Integer, NullBand> bands = new HashMap<>();
    if (asked.counts().nullVectors() > 0 && asked.counts().top() > 0) {
      for (int layer : asked.places().layers()) {
        bands.put(
            layer,
            work.pass(
                () ->
                    NullBand.of(
                        model,
                        Conventions.of(asked.convention()),
                        layer,
                        asked.counts().nullVectors(),
                        asked.counts().seed())));
      }
    }
    return bands;
  }

  private record Answer(
      List<FfnLayerView> layers,
      List<FfnEventView> events,
      io.lexiscope.analysis.lens.LensConvention eventConvention) {}

  private static Answer read(Run run, Asked asked, Map<Integer, NullBand> bands, Work work) {
    FfnSubUpdates start = FfnSubUpdates.of(run, Conventions.of(asked.convention()));
    Integer target = asked.words().target();
    Integer against = asked.words().against();
    if (target != null) {
      start = start.toward(new LensTarget.Id(target));
    }
    FfnTracer tracer = FfnTracer.of(run);
    List<FfnLayerView> layers = new ArrayList<>();
    List<FfnEventView> events = new ArrayList<>();
    List<Integer> positions = asked.places().positions();
    for (int i = 0; i < positions.size(); i++) {
      work.progress(i, positions.size(), "positions");
      FfnSubUpdates there = start.at(positions.get(i));
      int word = there.target();
      FfnSubUpdates scored = there.toward(new LensTarget.Id(word));
      layers.addAll(
          layers(
              run,
              against == null ? scored : scored.against(new LensTarget.Id(against)),
              asked,
              bands));
      for (FfnEvent event : tracer.events(positions.get(i), scored)) {
        events.add(FfnViews.event(run.model(), event));
      }
      work.letOthersPass();
    }
    return new Answer(layers, events, tracer.convention());
  }

  private static List<FfnLayerView> layers(
      Run run, FfnSubUpdates scored, Asked asked, Map<Integer, NullBand> bands) {
    LanguageModel model = run.model();
    int word = scored.target();
    Integer against = asked.words().against();
    List<Integer> followed = against == null ? List.of(word) : List.of(word, against);
    FfnWords words = FfnWords.of(scored);
    List<FfnWords.Place> places =
        asked.places().layers().stream()
            .map(layer -> new FfnWords.Place(layer, scored.position()))
            .toList();
    List<FfnWords.States> states = words.states(places, asked.counts().words(), followed);
    double scale = scored.frozenScale();
    List<FfnAccount> accounts = asked.places().layers().stream().map(scored::layer).toList();
    List<List<SubUpdate>> listed =
        accounts.stream()
            .map(
                account ->
                    switch (asked.counts().order()) {
                      case DOMINANCE -> account.dominant(asked.counts().top());
                      case SCORE -> account.strongest(asked.counts().top());
                    })
            .toList();
    var readings =
        words
            .values(
                scored.position(),
                listed.stream().flatMap(List::stream).map(SubUpdate::neuron).toList(),
                asked.counts().words())
            .iterator();
    List<FfnLayerView> layers = new ArrayList<>();
    for (int i = 0; i < accounts.size(); i++) {
      FfnAccount account = accounts.get(i);
      NullBand band = bands.get(account.layer());
      List<SubUpdateView> views =
          listed.get(i).stream()
              .map(update -> FfnViews.subUpdate(update, readings.next(), band, scale))
              .toList();
      double sum = listed.get(i).stream().mapToDouble(SubUpdate::score).sum();
      layers.add(
          new FfnLayerView(
              account.layer(),
              account.position(),
              TokenView.of(model.tokenizer(), word),
              FfnViews.state(states.get(i).before(), against != null),
              views,
              FfnViews.state(states.get(i).after(), against != null),
              FfnViews.balance(account.closing().logits(), sum),
              account.size(),
              listed.get(i).stream().mapToDouble(SubUpdate::share).sum(),
              account.closing().biasNorm(),
              account.closing().residualError()));
    }
    return layers;
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
