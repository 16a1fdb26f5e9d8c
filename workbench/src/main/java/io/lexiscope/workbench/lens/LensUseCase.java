package io.lexiscope.workbench.lens;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensReading;
import io.lexiscope.analysis.lens.LensSelection;
import io.lexiscope.analysis.lens.LogitLens;
import io.lexiscope.analysis.lens.Part;
import io.lexiscope.analysis.lens.Parts;
import io.lexiscope.analysis.lens.Readout;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.TokenReading;
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
import io.lexiscope.workbench.shelf.KeptRun;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads hook points in the words of the vocabulary.
public final class LensUseCase implements UseCase<LensRequest, LensResult> {
  private static final int STANDARD_TOP = 10;

  /// Most words of a reading; beyond it a result is larger than anyone reads.
  private static final int MOST_WORDS = 1000;

  /// Most readings of one answer.
  private static final int MOST_READINGS = 200_000;

  /// Vectors read in one turn: enough to share a pass over the unembedding, few enough to let
  /// others in.
  private static final int ROWS_TOGETHER = 1024;

  private final ModelShelf shelf;

  private LensUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `lens`.
  public static Feature<LensRequest, LensResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("lens", "Vocabulary readings of hook points."),
        LensRequest.class,
        new LensUseCase(shelf),
        result -> List.of(ResultFile.csv("readings.csv", () -> LensCsv.write(result))));
  }

  @Override
  public LensResult answer(LensRequest request, Work work) {
    long start = System.nanoTime();
    int top = count("top", request.readout().top(), STANDARD_TOP);
    int bottom = count("bottom", request.readout().bottom(), 0);
    try (var open = shelf.use(request.choice())) {
      TokenIds ids = Prompts.idsWithinContext("lens", open.model(), request.prompt());
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      InterventionSpecs.requireMet(model, ids.size(), ids.size());
      Integer target = token(model, "target", request.readout().target());
      Integer against = token(model, "against", request.readout().against());
      boolean raw = Boolean.TRUE.equals(request.readout().raw());
      Readout readout = Readout.top(top).andBottom(bottom);
      readout = raw ? readout.asItIs() : readout;
      readout = target == null ? readout : readout.andRankOf(target);
      readout = against == null ? readout : readout.andRankOf(against);
      LensConvention convention =
          Objects.requireNonNullElse(request.readout().convention(), LensConvention.FINAL_NORM);
      LogitLens lens = LogitLens.of(model, convention);
      var places = Places.of(request.selection(), model, ids.size());
      Answer answer = read(open, model, ids, lens, places, readout, work);
      List<PlaceReading> readings =
          answer.readings.stream().map(reading -> view(reading, bottom, target, against)).toList();
      return new LensResult(
          Prompts.header(open, ids, /* seed= */ null, notFinite(readings)),
          ReadAgainst.of(model, raw),
          ConventionView.of(convention),
          places.grid(readings),
          readings,
          target == null ? null : TokenView.of(model.tokenizer(), target),
          against == null ? null : TokenView.of(model.tokenizer(), against),
          answer.next,
          model.architecture().dimensions().vocabulary(),
          LensUnits.standard(),
          (System.nanoTime() - start) / 1e6);
    }
  }

  private static int count(String field, @Nullable Integer asked, int otherwise) {
    int count = asked == null ? otherwise : asked;
    if (count < 0 || count > MOST_WORDS) {
      throw WorkbenchException.misuse(
          field, "lens: expected 0 to %d words in %s, got %d".formatted(MOST_WORDS, field, count));
    }
    return count;
  }

  private static @Nullable Integer token(LanguageModel model, String field, @Nullable String word) {
    return word == null ? null : Prompts.token("lens", model, field, word);
  }

  private record Answer(List<LensReading> readings, TokenReading next) {
    Answer {
      readings = List.copyOf(readings);
    }
  }

  /// One pass, then the readings some places at a time, so that others may pass in between.
  private static Answer read(
      OpenModel open,
      LanguageModel model,
      TokenIds ids,
      LogitLens lens,
      Places places,
      Readout readout,
      Work work) {
    LogitLens output = LogitLens.afterFinalNorm(model);
    HookName last = HookPoint.RESID_POST.at(model.architecture().layers() - 1);
    var answer = LensSelection.of(last).positions(ids.size() - 1);
    var recording =
        places.selections.stream()
            .map(lens::recording)
            .reduce(output.recording(answer), Recording::and);
    return work.pass(
        () -> {
          try (KeptRun kept = open.run(model, ids, recording)) {
            Run run = kept.run();
            List<LensReading> readings = new ArrayList<>();
            List<LensSelection> all = places.selections;
            int together = Math.max(1, ROWS_TOGETHER / places.positions.size());
            for (int from = 0; from < all.size(); from += together) {
              work.progress(from, all.size(), "places");
              var some = all.subList(from, Math.min(from + together, all.size()));
              readings.addAll(lens.read(run, some, readout).list());
              work.letOthersPass();
            }
            var next = output.read(run, answer, Readout.top(1)).list().getFirst().top();
            return new Answer(readings, next.getFirst());
          }
        });
  }

  private static PlaceReading view(
      LensReading reading, int bottom, @Nullable Integer target, @Nullable Integer against) {
    var at = reading.place().at();
    var part = reading.place().part();
    var targets = reading.targets();
    int leftOut = reading.reading().words().leftOut();
    return new PlaceReading(
        at.toString(),
        at.layer().orElse(null),
        reading.place().position(),
        part instanceof Part.Head head ? Integer.valueOf(head.index()) : null,
        part instanceof Part.Neuron neuron ? Integer.valueOf(neuron.index()) : null,
        reading.norm(),
        reading.entropy() / Math.log(2),
        reading.top(),
        bottom == 0 ? null : reading.bottom(),
        target == null ? null : targets.getFirst(),
        against == null ? null : targets.getLast(),
        reading.otherMass(),
        leftOut == 0 ? null : Integer.valueOf(leftOut));
  }

  /// The first hook point with a vector whose numbers are not finite, and how many of its vectors.
  private static List<NotFinite> notFinite(List<PlaceReading> readings) {
    List<PlaceReading> bad =
        readings.stream()
            .filter(
                reading -> !Double.isFinite(reading.norm()) || !Double.isFinite(reading.entropy()))
            .toList();
    if (bad.isEmpty()) {
      return List.of();
    }
    PlaceReading first = bad.getFirst();
    long there = bad.stream().filter(reading -> reading.at().equals(first.at())).count();
    return List.of(new NotFinite(first.at(), first.layer(), first.position(), there));
  }

  /// Which places a request names, one selection for each.
  private record Places(
      List<LensSelection> selections, List<HookPoint> points, List<Integer> positions) {

    static Places of(PlaceSelection asked, LanguageModel model, int length) {
      int layers = model.architecture().layers();
      List<String> names =
          asked.at() == null ? List.of(HookPoint.RESID_POST.shortName()) : asked.at();
      List<HookName> places =
          names.stream()
              .flatMap(name -> java.util.Arrays.stream(name.split(",", -1)))
              .map(String::strip)
              .filter(name -> !name.isEmpty())
              .flatMap(name -> HookName.parseAll(name, layers).stream())
              .distinct()
              .filter(name -> inLayers(name, asked.layers(), layers))
              .toList();
      if (places.isEmpty()) {
        throw WorkbenchException.invalid(
            "at", "lens: expected at least one hook point, got none; name some in at");
      }
      requireHeads(asked, places);
      List<Integer> positions =
          asked.positions() == null
              ? java.util.stream.IntStream.range(0, length).boxed().toList()
              : asked.positions().stream()
                  .map(position -> Prompts.position("lens", "positions", position, length))
                  .sorted()
                  .distinct()
                  .toList();
      if (positions.isEmpty()) {
        throw WorkbenchException.invalid(
            "positions",
            "lens: expected at least one position, got none; leave the list out for all of them");
      }
      var selections =
          places.stream()
              .map(
                  place ->
                      new LensSelection(List.of(place), positions, parts(place.point(), asked)))
              .toList();
      long readings =
          places.stream().mapToLong(place -> vectors(place.point(), asked, model)).sum()
              * positions.size();
      if (readings > MOST_READINGS) {
        throw WorkbenchException.invalid(
            "at",
            "lens: expected at most %,d readings, got %,d; ask for fewer places or positions"
                .formatted(MOST_READINGS, readings));
      }
      return new Places(
          selections, places.stream().map(HookName::point).distinct().toList(), positions);
    }

    /// Heads and neurons that no place has would be asked for in vain.
    private static void requireHeads(PlaceSelection asked, List<HookName> places) {
      boolean heads =
          places.stream().anyMatch(p -> p.point() == HookPoint.Z || p.point() == HookPoint.RESULT);
      if (asked.heads() != null && !heads) {
        throw WorkbenchException.misuse(
            "heads",
            "lens: expected heads with a hook point that has them, %s or %s, got none in at"
                .formatted(HookPoint.Z.shortName(), HookPoint.RESULT.shortName()));
      }
      boolean neurons = places.stream().anyMatch(p -> p.point() == HookPoint.MLP_POST);
      if (asked.neurons() != null && !neurons) {
        throw WorkbenchException.misuse(
            "neurons",
            "lens: expected neurons with the hook point %s, got none in at"
                .formatted(HookPoint.MLP_POST.shortName()));
      }
    }

    private static boolean inLayers(HookName name, @Nullable List<Integer> wanted, int layers) {
      if (wanted == null || name.layer().isEmpty()) {
        return true;
      }
      int layer = name.requireLayer();
      boolean kept = false;
      for (int index : wanted) {
        int fromStart = index < 0 ? layers + index : index;
        requireLayer(fromStart, layers);
        kept |= fromStart == layer;
      }
      return kept;
    }

    private static void requireLayer(int layer, int layers) {
      if (layer < 0 || layer >= layers) {
        throw WorkbenchException.invalid(
            "layers",
            "lens: expected layers from %d to %d, got %d".formatted(-layers, layers - 1, layer));
      }
    }

    /// How many vectors are read at each position.
    private static int vectors(HookPoint point, PlaceSelection asked, LanguageModel model) {
      Parts parts = parts(point, asked);
      return switch (point) {
        case MLP_POST, Z, RESULT ->
            parts instanceof Parts.Each each
                ? each.indices().size()
                : model.architecture().block().attention().heads().heads();
        default -> 1;
      };
    }

    private static Parts parts(HookPoint point, PlaceSelection asked) {
      boolean neurons = point == HookPoint.MLP_POST;
      List<Integer> indices = neurons ? asked.neurons() : asked.heads();
      if (neurons && indices == null) {
        throw WorkbenchException.invalid(
            "neurons",
            "lens: expected neurons to read one by one at %s, got none; name some in neurons"
                .formatted(point.shortName()));
      }
      return indices == null ? new Parts.All() : new Parts.Each(indices);
    }

    LensSpan grid(List<PlaceReading> readings) {
      List<Integer> layers =
          readings.stream()
              .map(PlaceReading::layer)
              .flatMap(java.util.stream.Stream::ofNullable)
              .distinct()
              .sorted()
              .toList();
      return new LensSpan(
          points.stream().map(point -> point.template().replace("{l}", "*")).toList(),
          layers,
          positions,
          readings.size());
    }
  }
}
