package io.lexiscope.workbench.separate;

import io.lexiscope.analysis.separation.InputGroups;
import io.lexiscope.analysis.separation.SeparatingPlace;
import io.lexiscope.analysis.separation.Separation;
import io.lexiscope.base.Csv;
import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.Count;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.TextFiles;
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
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Ranks the places of a model by how they part two groups of inputs.
public final class SeparateUseCase implements UseCase<SeparateRequest, SeparateResult> {
  private static final int STANDARD_TOP = 30;
  private static final int STANDARD_SWAPS = 12;
  private static final int MOST = 10_000;

  private final ModelShelf shelf;

  private SeparateUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `separate`.
  public static Feature<SeparateRequest, SeparateResult> feature(ModelShelf shelf) {
    return new Feature<>(
            Verb.reads("separate", "Where two groups of inputs part.").in(Lane.LONG),
            SeparateRequest.class,
            new SeparateUseCase(shelf),
            result -> List.of(ResultFile.csv("places.csv", () -> csv(result))))
        .lasting(new Lasting.Kept<>(request -> request.choice().model()));
  }

  @Override
  public SeparateResult answer(SeparateRequest request, Work work) {
    long start = System.nanoTime();
    int top = Count.within("separate", "top", request.top(), STANDARD_TOP, 1, MOST);
    int swaps = Count.within("separate", "swaps", request.swaps(), STANDARD_SWAPS, 0, 1_000);
    List<String> first = texts("a", request.a(), "first", request.first());
    List<String> second = texts("b", request.b(), "second", request.second());
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      InputGroups groups = new InputGroups(ids(model, first), ids(model, second));
      Separation found = Separation.measure(model, groups, swaps, new WorkTurn(work));
      List<SeparatingPlaceView> places =
          found.places().stream().limit(top).map(SeparateUseCase::view).toList();
      return new SeparateResult(
          open.name(),
          finding(places, found.places().size()),
          List.of(first.size(), second.size()),
          found.aligned(),
          found.places().size(),
          places,
          (System.nanoTime() - start) / 1e9,
          open.provenance(/* seed= */ null));
    }
  }

  private static List<String> texts(
      String field, @Nullable String file, String listed, @Nullable List<String> texts) {
    if ((file == null) == (texts == null)) {
      throw WorkbenchException.misuse(
          field,
          "separate: expected the inputs of each group, in a file or themselves, got %s; give %s or %s"
              .formatted(file == null ? "neither" : "both", field, listed));
    }
    List<String> all =
        texts != null
            ? texts
            : switch (TextFiles.content("separate", field, String.valueOf(file))) {
              case TextFiles.Content.Prompts prompts -> prompts.prompts();
              case TextFiles.Content.Running running ->
                  running.text().lines().filter(line -> !line.isBlank()).toList();
            };
    if (all.size() > MOST) {
      throw WorkbenchException.invalid(
          field,
          "separate: expected at most %,d inputs in a group, got %,d; give fewer"
              .formatted(MOST, all.size()));
    }
    return all;
  }

  private static List<TokenIds> ids(LanguageModel model, List<String> texts) {
    return texts.stream()
        .map(text -> Prompts.idsWithinContext("separate", model, Prompt.text(text)))
        .toList();
  }

  private static SeparatingPlaceView view(SeparatingPlace place) {
    Estimate swap = place.swap();
    HeadName head = place.site().place() instanceof HeadName name ? name : null;
    return new SeparatingPlaceView(
        place.site().toString(),
        place.site().hook().layer().orElse(null),
        place.position(),
        head == null ? null : Integer.valueOf(head.head()),
        place.separation(),
        place.invariance(),
        swap == null ? null : swap.value(),
        swap == null || Double.isNaN(swap.low()) ? null : swap.low(),
        swap == null || Double.isNaN(swap.high()) ? null : swap.high(),
        place.site().publishedName().orElse(null));
  }

  private static String finding(List<SeparatingPlaceView> places, int among) {
    return "Of %,d places the groups part best at %s."
        .formatted(
            among,
            places.stream()
                .limit(3)
                .map(
                    place ->
                        String.format(
                            Locale.ROOT,
                            "%s, position %d (separation %.2f, invariance %.2f%s)",
                            place.at(),
                            place.position(),
                            place.separation(),
                            place.invariance(),
                            place.swap() == null
                                ? ""
                                : String.format(Locale.ROOT, ", swap %.0f %%", 100 * place.swap())))
                .collect(Collectors.joining("; ")));
  }

  private static String csv(SeparateResult result) {
    var csv = new Csv("at,layer,position,head,separation,invariance,swap,swap_low,swap_high");
    result
        .places()
        .forEach(
            place ->
                csv.line(
                    place.at(),
                    place.layer(),
                    place.position(),
                    place.head(),
                    place.separation(),
                    place.invariance(),
                    place.swap(),
                    place.swapLow(),
                    place.swapHigh()));
    return csv.toString();
  }
}
