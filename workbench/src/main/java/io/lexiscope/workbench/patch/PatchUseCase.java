package io.lexiscope.workbench.patch;

import io.lexiscope.analysis.patching.PatchDirection;
import io.lexiscope.analysis.patching.PatchException;
import io.lexiscope.analysis.patching.PatchGrid;
import io.lexiscope.analysis.patching.PatchMetric;
import io.lexiscope.analysis.patching.PatchPlan;
import io.lexiscope.analysis.patching.PatchReport;
import io.lexiscope.analysis.patching.PromptPair;
import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.DefaultText;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Sweeps patches over blocks and positions, or blocks and heads.
public final class PatchUseCase implements UseCase<PatchRequest, PatchResult> {
  private static final int MOST_PAIRS = 1000;

  private final ModelShelf shelf;

  private PatchUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `patch`.
  public static Feature<PatchRequest, PatchResult> feature(ModelShelf shelf) {
    return new Feature<>(
            Verb.reads("patch", "What one run computed, put into another, cell by cell.")
                .in(Lane.LONG),
            PatchRequest.class,
            new PatchUseCase(shelf))
        .lasting(new Lasting.Kept<>(request -> request.choice().model()));
  }

  @Override
  public PatchResult answer(PatchRequest request, Work work) {
    PatchMetric metric =
        named(
            "metric", request.measure().metric(), PatchMetric.LOGIT_DIFFERENCE, PatchMetric::named);
    PatchDirection direction =
        named(
            "direction",
            request.places().direction(),
            PatchDirection.DENOISING,
            PatchDirection::named);
    HookPoint at = point(request.places());
    List<PatchedPair> asked = pairs(request);
    try (var open = shelf.use(request.choice())) {
      PatchPlan plan = plan(request, open.model(), at, direction, metric);
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      List<PromptPair> pairs = new ArrayList<>();
      for (PatchedPair pair : asked) {
        pairs.add(work.pass(() -> pair(model, pair, metric)));
        work.progress(pairs.size(), asked.size(), "pairs");
      }
      PatchReport report = PatchReport.measure(model, pairs, plan, new WorkTurn(work));
      return result(open, report, pairs);
    }
  }

  private static <T> T named(
      String field, @Nullable String name, T otherwise, Function<String, T> names) {
    try {
      return name == null ? otherwise : names.apply(name);
    } catch (PatchException unknown) {
      throw WorkbenchException.misuse(field, String.valueOf(unknown.getMessage()));
    }
  }

  private static HookPoint point(PatchPlaces places) {
    String at = places.at();
    String sites = places.sites();
    if (at != null && sites != null) {
      throw WorkbenchException.misuse(
          "sites", "patch: expected a hook point or sites, got both; leave one out");
    }
    if (sites != null) {
      return switch (sites.toLowerCase(Locale.ROOT)) {
        case "resid" -> HookPoint.RESID_PRE;
        case "heads" -> HookPoint.Z;
        case "q" -> HookPoint.Q;
        case "k" -> HookPoint.K;
        case "v" -> HookPoint.V;
        case "pattern" -> HookPoint.PATTERN;
        default ->
            throw WorkbenchException.misuse(
                "sites", "patch: expected sites of resid, heads, q, k, v and pattern, got others");
      };
    }
    return at == null
        ? HookPoint.RESID_PRE
        : HookName.parseAll(at, /* layers= */ 1).getFirst().point();
  }

  private static List<PatchedPair> pairs(PatchRequest request) {
    List<PatchedPair> several = request.pairs();
    String clean = request.clean();
    String corrupt = request.corrupt();
    if (several != null) {
      if (clean != null || corrupt != null) {
        throw WorkbenchException.misuse(
            "pairs", "patch: expected clean and corrupt, or pairs, got both; leave one out");
      }
      if (several.isEmpty() || several.size() > MOST_PAIRS) {
        throw WorkbenchException.invalid(
            "pairs",
            "patch: expected 1 to %,d pairs, got %,d".formatted(MOST_PAIRS, several.size()));
      }
      return several.stream()
          .map(
              pair ->
                  new PatchedPair(
                      pair.clean(),
                      pair.corrupt(),
                      pair.target() == null ? request.measure().target() : pair.target(),
                      pair.against() == null ? request.measure().against() : pair.against()))
          .toList();
    }
    if (clean == null || corrupt == null) {
      throw WorkbenchException.misuse(
          clean == null ? "clean" : "corrupt",
          "patch: expected a clean and a corrupt prompt, got "
              + (clean == null && corrupt == null ? "neither" : "one")
              + "; give both");
    }
    return List.of(
        new PatchedPair(clean, corrupt, request.measure().target(), request.measure().against()));
  }

  private static PromptPair pair(LanguageModel model, PatchedPair pair, PatchMetric metric) {
    TokenIds clean = Prompts.idsWithinContext("patch", model, Prompt.text(pair.clean()));
    TokenIds corrupt = Prompts.idsWithinContext("patch", model, Prompt.text(pair.corrupt()));
    String target = pair.target();
    String against = pair.against();
    var found =
        new PromptPair(
            clean,
            corrupt,
            target == null
                ? PromptPair.answer(model, clean)
                : Prompts.token("patch", model, "target", target),
            against == null
                ? PromptPair.answer(model, corrupt)
                : Prompts.token("patch", model, "against", against));
    if (metric == PatchMetric.LOGIT_DIFFERENCE && found.target() == found.foil()) {
      throw WorkbenchException.invalid(
          "against",
          "patch: expected two words to take the difference of, got “%s” for both prompts; name a target and a word against it, or another metric"
              .formatted(model.tokenizer().display(found.target())));
    }
    return found;
  }

  private static PatchPlan plan(
      PatchRequest request,
      LanguageModel model,
      HookPoint at,
      PatchDirection direction,
      PatchMetric metric) {
    List<Integer> layers = request.places().layers();
    Integer read = request.measure().read();
    return new PatchPlan(
        at,
        layers == null
            ? IntStream.range(0, model.architecture().layers()).boxed().toList()
            : layers.stream()
                .map(layer -> layer < 0 ? layer + model.architecture().layers() : layer)
                .distinct()
                .sorted()
                .toList(),
        request.places().position(),
        direction,
        new PatchPlan.Measure(
            metric,
            read == null ? -1 : read,
            Boolean.TRUE.equals(request.measure().normalise()),
            direction == PatchDirection.MEAN ? DefaultText.of(model).texts() : List.of()));
  }

  private static PatchResult result(OpenModel open, PatchReport report, List<PromptPair> pairs) {
    var tokenizer = open.model().tokenizer();
    PromptPair first = pairs.getFirst();
    PatchPlan plan = report.plan();
    PatchGrid grid = report.grid();
    boolean corrupt = plan.direction() == PatchDirection.DENOISING;
    TokenIds changed = corrupt ? first.corrupt() : first.clean();
    TokenIds source = corrupt ? first.clean() : first.corrupt();
    List<TokenView> ribbon = TokenView.each(tokenizer, changed);
    List<PatchedCell> strongest = PatchFinding.strongest(report);
    List<@Nullable Integer> alignment = new ArrayList<>();
    for (int position = 0; position < grid.alignment().length(); position++) {
      var stands = grid.alignment().source(position);
      alignment.add(stands.isPresent() ? Integer.valueOf(stands.getAsInt()) : null);
    }
    boolean several = pairs.size() > 1;
    return new PatchResult(
        open.name(),
        PatchFinding.of(report, strongest, ribbon),
        plan.measure().metric().label(),
        plan.direction().label(),
        plan.measure().normalise(),
        TokenView.of(tokenizer, first.target()),
        TokenView.of(tokenizer, first.foil()),
        grid.clean().value(),
        grid.corrupt().value(),
        new PatchAxes(
            plan.at().template(),
            plan.byHead() ? "head" : "position",
            grid.layers(),
            ribbon,
            TokenView.each(tokenizer, source),
            alignment),
        numbers(grid, Estimate::value),
        several ? numbers(grid, Estimate::low) : null,
        several ? numbers(grid, Estimate::high) : null,
        pairs.size(),
        strongest,
        open.provenance(/* seed= */ null),
        notFinite(report));
  }

  private static List<List<@Nullable Double>> numbers(
      PatchGrid grid, Function<Estimate, Double> part) {
    List<List<@Nullable Double>> rows = new ArrayList<>();
    for (List<@Nullable Estimate> row : grid.cells()) {
      List<@Nullable Double> line = new ArrayList<>();
      row.forEach(cell -> line.add(cell == null ? null : part.apply(cell)));
      rows.add(line);
    }
    return rows;
  }

  private static @Nullable List<NotFinite> notFinite(PatchReport report) {
    PatchGrid grid = report.grid();
    int count = 0;
    NotFinite first = null;
    for (int row = 0; row < grid.cells().size(); row++) {
      for (int column = 0; column < grid.cells().get(row).size(); column++) {
        Estimate cell = grid.cells().get(row).get(column);
        if (cell != null && !Double.isFinite(cell.value())) {
          count++;
          first =
              first == null
                  ? new NotFinite(
                      "logits", grid.layers().get(row), report.plan().byHead() ? 0 : column, 1)
                  : first;
        }
      }
    }
    return first == null
        ? null
        : List.of(new NotFinite(first.at(), first.layer(), first.position(), count));
  }
}
