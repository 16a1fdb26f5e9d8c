package io.lexiscope.workbench.gradients;

import io.lexiscope.analysis.gradient.BackwardLens;
import io.lexiscope.analysis.gradient.GradientCell;
import io.lexiscope.analysis.gradient.GradientQuestion;
import io.lexiscope.analysis.gradient.GradientReading;
import io.lexiscope.analysis.gradient.GradientReport;
import io.lexiscope.analysis.gradient.GradientSign;
import io.lexiscope.analysis.gradient.MatrixNames;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.ResultHeader;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads gradients in words.
public final class GradientsUseCase implements UseCase<GradientsRequest, GradientsResult> {
  private static final String VERB = "gradients";
  private static final int STANDARD_WORDS = 5;
  private static final int MOST_WORDS = 1000;
  private static final int MOST_HEADS = 10_000;

  /// Most cells times words of one answer.
  private static final long MOST_LISTED = 2_000_000;

  private final ModelShelf shelf;

  private GradientsUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `gradients`.
  public static Feature<GradientsRequest, GradientsResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads(VERB, "What a gradient would write into the weights, in words."),
        GradientsRequest.class,
        new GradientsUseCase(shelf),
        result -> List.of(ResultFile.csv("gradients.csv", () -> GradientsCsv.write(result))));
  }

  @Override
  public GradientsResult answer(GradientsRequest request, Work work) {
    long start = System.nanoTime();
    try (var open = shelf.use(request.choice())) {
      TokenIds ids = Prompts.idsWithinContext(VERB, open.model(), request.prompt());
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      InterventionSpecs.requireMet(model, ids.size(), ids.size());
      TargetTokens target = TargetTokens.of(VERB, model, ids, request.target(), work);
      if (target.tokens().size() - 1 > Prompts.room(model, ids.size())) {
        throw WorkbenchException.invalid(
            "target",
            "gradients: expected a prompt and a target within the context, got %d tokens; shorten one"
                .formatted(ids.size() + target.tokens().size() - 1));
      }
      GradientQuestion asked = asked(request, model, ids, target);
      GradientReport report = BackwardLens.of(model).read(ids, asked, new WorkTurn(work));
      return new GradientsResult(
          header(open, report, model),
          report.loss(),
          asked.words().sign(),
          GradientReadingView.of(asked.words().reading()),
          TokenView.each(model.tokenizer(), target.tokens()),
          target.against() == null ? null : TokenView.of(model.tokenizer(), target.against()),
          target.position(),
          report.cells(),
          report.whole().shapes(),
          report.whole().segments(),
          report.whole().effects(),
          report.whole().similarity(),
          asked.extras().reversed() == 0 ? null : report.whole().reversed(),
          report.smallNorm(),
          model.architecture().dimensions().vocabulary(),
          (System.nanoTime() - start) / 1e6);
    }
  }

  private static ResultHeader header(OpenModel open, GradientReport report, LanguageModel model) {
    ResultHeader plain =
        Prompts.header(open, report.tokens(), /* seed= */ null, notFinite(report.cells()));
    Wiring wiring = model.architecture().block().wiring();
    if (wiring != Wiring.OUTPUT_NORM && wiring != Wiring.SANDWICH && wiring != Wiring.POST_NORM) {
      return plain;
    }
    List<String> notes = new ArrayList<>(Objects.requireNonNullElse(plain.notes(), List.of()));
    notes.add(
        "norm: this model norms what its modules give; what comes back to W_O and W_out lies before that norm and is read as if it were added to the stream");
    return new ResultHeader(
        plain.model(), plain.tokens(), plain.provenance(), plain.notFinite(), notes);
  }

  private static List<NotFinite> notFinite(List<GradientCell> cells) {
    List<GradientCell> bad =
        cells.stream()
            .filter(cell -> !Double.isFinite(cell.inputNorm()) || !Double.isFinite(cell.vjpNorm()))
            .toList();
    if (bad.isEmpty()) {
      return List.of();
    }
    GradientCell first = bad.getFirst();
    return List.of(
        new NotFinite(
            MatrixNames.kind(first.matrix())
                .map(kind -> kind.at(first.layer()))
                .map(MatrixName::toString)
                .orElse(first.matrix()),
            first.layer(),
            first.position(),
            bad.size()));
  }

  private static GradientQuestion asked(
      GradientsRequest request, LanguageModel model, TokenIds ids, TargetTokens target) {
    GradientsReadout readout = request.readout();
    int top = count("top", readout.top(), STANDARD_WORDS, MOST_WORDS);
    int bottom = count("bottom", readout.bottom(), STANDARD_WORDS, MOST_WORDS);
    int length = ids.size() + target.tokens().size() - 1;
    var places =
        new GradientQuestion.Places(
            layers(readout.layers(), model.architecture().layers()),
            kinds(readout.matrices(), model),
            positions(readout.positions(), length));
    long listed =
        (long) places.layers().size()
            * places.kinds().size()
            * (places.positions().isEmpty() ? length : places.positions().size())
            * Math.max(1, top + bottom);
    if (listed > MOST_LISTED) {
      throw WorkbenchException.invalid(
          "top",
          "gradients: expected at most %,d words, got %,d; ask for fewer of them, or for fewer layers, matrices or positions"
              .formatted(MOST_LISTED, listed));
    }
    Double step = readout.step();
    if (step != null && !(step > 0 && Double.isFinite(step))) {
      throw WorkbenchException.misuse(
          "step",
          "gradients: expected a step above 0, got " + step + "; leave it out for a small one");
    }
    return new GradientQuestion(
        target.loss(),
        target.tokens().get(0),
        places,
        new GradientQuestion.Words(
            top,
            bottom,
            Objects.requireNonNullElse(readout.reading(), GradientReading.LINEAR),
            Objects.requireNonNullElse(readout.sign(), GradientSign.DESCENT)),
        new GradientQuestion.Extras(
            TargetTokens.subject(VERB, model, request.prompt().text(), request.target().subject()),
            step,
            readout.measure() == null || readout.measure(),
            count("reversed", readout.reversed(), 0, MOST_HEADS)));
  }

  private static int count(String field, @Nullable Integer asked, int otherwise, int most) {
    int count = asked == null ? otherwise : asked;
    if (count < 0 || count > most) {
      throw WorkbenchException.misuse(
          field,
          "gradients: expected 0 to %,d in %s, got %d; ask for fewer"
              .formatted(most, field, count));
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
            "gradients: expected layers from %d to %d, got %d; leave it out for all"
                .formatted(-layers, layers - 1, layer));
      }
    }
    requireSome("layers", asked);
    return asked.stream().map(layer -> Math.floorMod(layer, layers)).sorted().distinct().toList();
  }

  private static List<Integer> positions(@Nullable List<Integer> asked, int length) {
    if (asked == null) {
      return List.of();
    }
    requireSome("positions", asked);
    return asked.stream()
        .map(position -> Prompts.position(VERB, "positions", position, length))
        .sorted()
        .distinct()
        .toList();
  }

  private static void requireSome(String field, List<?> asked) {
    if (asked.isEmpty()) {
      throw WorkbenchException.invalid(
          field,
          "gradients: expected one or more " + field + ", got none; leave the list out for all");
    }
  }

  private static List<MatrixKind> kinds(@Nullable List<String> asked, LanguageModel model) {
    List<MatrixKind> there =
        Arrays.stream(MatrixKind.values())
            .filter(kind -> kind.existsIn(model.architecture()))
            .toList();
    if (asked == null) {
      return there;
    }
    requireSome("matrices", asked);
    return asked.stream()
        .map(
            name ->
                MatrixNames.kind(name)
                    .filter(there::contains)
                    .orElseThrow(
                        () ->
                            WorkbenchException.invalid(
                                "matrices",
                                "gradients: expected some of %s, got %s; leave the list out for all"
                                    .formatted(
                                        there.stream().map(MatrixNames::of).toList(), name))))
        .sorted()
        .distinct()
        .toList();
  }
}
