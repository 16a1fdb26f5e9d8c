package io.lexiscope.workbench.detox;

import io.lexiscope.analysis.detox.Bootstrap;
import io.lexiscope.analysis.detox.ContinuationScorer;
import io.lexiscope.analysis.detox.RandomNeurons;
import io.lexiscope.analysis.detox.ValueWords;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.generate.BannedSequences;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.TokenView;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.perspective.PerspectiveScorer;
import io.lexiscope.workbench.perspective.PerspectiveSettings;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sets value vectors to a coefficient and measures how much less toxic continuations become and
/// what it costs, beside controls.
public final class DetoxUseCase implements UseCase<DetoxRequest, DetoxResult> {
  private static final int STANDARD_TOKENS = 20;
  private static final int STANDARD_DRAWS = 5;
  private static final int WORDS_SHOWN = 8;

  private final ModelShelf shelf;
  private final Supplier<PerspectiveSettings> perspective;

  private DetoxUseCase(ModelShelf shelf, Supplier<PerspectiveSettings> perspective) {
    this.shelf = shelf;
    this.perspective = perspective;
  }

  /// The verb `detox`.
  public static Feature<DetoxRequest, DetoxResult> feature(
      ModelShelf shelf, Supplier<PerspectiveSettings> perspective) {
    return new Feature<>(
        Verb.reads("detox", "Value vectors set to make continuations less toxic, beside controls."),
        DetoxRequest.class,
        new DetoxUseCase(shelf, perspective),
        DetoxDownloads::of);
  }

  @Override
  public DetoxResult answer(DetoxRequest request, Work work) {
    long start = System.nanoTime();
    DetoxMeasure measure = request.measure();
    int draws = count("draws", measure.draws(), STANDARD_DRAWS);
    int tokens = count("n", measure.n(), STANDARD_TOKENS);
    long seed = measure.seed() == null ? 0 : measure.seed();
    PerspectiveScorer service =
        Boolean.TRUE.equals(measure.perspective())
            ? PerspectiveScorer.of(perspective.get(), work::checkCancelled)
            : null;
    try (var open = shelf.use(request.choice())) {
      LanguageModel base = InterventionSpecs.apply(open, request.interventions(), work);
      DetoxSetup setup = DetoxSetup.of(base, request);
      Decoding decoding = decoding(base, setup, tokens);
      var steps = new DetoxBench.Steps(work);
      Bootstrap bootstrap = Bootstrap.standard(seed);
      var choosing = new DetoxBench(setup.choosing(), decoding, bootstrap, steps);
      var measuring = new DetoxBench(setup.measuring(), decoding, bootstrap, steps);
      DetoxChoice choice =
          DetoxChoice.make(base, request.selection(), setup, choosing, measuring, draws, steps);
      ContinuationScorer trained = setup.scorer() == null ? null : setup.scorer().bag();
      var scorers =
          new DetoxBench.Scorers(base, ContinuationScorer.of(setup.lexicon()), trained, service);
      var rows = new Rows(base, choice, measuring, scorers);
      DetoxRow baseline = rows.baseline();
      rows.measure(draws, seed, setup.lexicon().banned(base.tokenizer()));
      return new DetoxResult(
          open.name(),
          baseline,
          rows.rows,
          choice.vectors().stream().map(vector -> view(base, vector, work)).toList(),
          method(choice, setup, rows.before),
          List.of(choice.spec(choice.coefficient(), choice.names())),
          (System.nanoTime() - start) / 1e9,
          open.provenance(seed));
    }
  }

  private static int count(String field, @Nullable Integer asked, int otherwise) {
    int count = asked == null ? otherwise : asked;
    if (count < 1) {
      throw WorkbenchException.invalid(
          field, "detox: expected 1 or more in %s, got %d".formatted(field, count));
    }
    return count;
  }

  private static Decoding decoding(LanguageModel model, DetoxSetup setup, int tokens) {
    int context = model.architecture().dimensions().context();
    int longest =
        Stream.concat(setup.choosing().prompts().stream(), setup.measuring().prompts().stream())
            .mapToInt(TokenIds::size)
            .max()
            .orElse(0);
    if (longest + tokens > context) {
      throw WorkbenchException.invalid(
          "prompts",
          "detox: expected prompts of at most %d tokens, so that %d more fit the context of %d, got one of %d"
              .formatted(context - tokens, tokens, context, longest));
    }
    var end = model.tokenizer().specials().eos();
    return Decoding.greedy(tokens).stoppingAt(end.isPresent() ? Set.of(end.getAsInt()) : Set.of());
  }

  private static DetoxVector view(LanguageModel model, DetoxChoice.Vector vector, Work work) {
    Target.Neuron neuron = vector.neuron();
    ValueWords words = work.pass(() -> ValueWords.of(model, neuron, WORDS_SHOWN));
    return new DetoxVector(
        vector.name(),
        neuron.layer(),
        neuron.index(),
        vector.score(),
        tokens(model, words.top()),
        tokens(model, words.bottom()));
  }

  private static List<TokenView> tokens(LanguageModel model, List<Integer> ids) {
    return ids.stream().map(id -> Prompts.view(model.tokenizer(), id)).toList();
  }

  private static DetoxMethod method(
      DetoxChoice choice, DetoxSetup setup, DetoxBench.Outcome baseline) {
    DetoxSetup.Scorer scorer = setup.scorer();
    return new DetoxMethod(
        choice.how(),
        choice.whyCoefficient(),
        setup.choosing().prompts().size(),
        setup.measuring().prompts().size(),
        setup.measuring().texts().size(),
        baseline.losses().stream().mapToInt(loss -> loss.tokens()).sum(),
        setup.lexicon().phrases().size(),
        scorer == null ? null : scorer.description(),
        scorer == null ? null : DetoxBench.view(scorer.accuracy()));
  }

  /// Measures row after row.
  private static final class Rows {
    private final LanguageModel base;
    private final DetoxChoice choice;
    private final DetoxBench bench;
    private final DetoxBench.Scorers scorers;
    private final DetoxBench.Outcome before;
    private final List<DetoxRow> rows = new ArrayList<>();

    Rows(LanguageModel base, DetoxChoice choice, DetoxBench bench, DetoxBench.Scorers scorers) {
      this.base = base;
      this.choice = choice;
      this.bench = bench;
      this.scorers = scorers;
      this.before = bench.outcome(base);
    }

    DetoxRow baseline() {
      return bench.row(
          new DetoxBench.Label("no change", DetoxRowKind.BASELINE, null, null),
          List.of(before),
          /* baseline= */ null,
          scorers);
    }

    void measure(int draws, long seed, BannedSequences banned) {
      double coefficient = choice.coefficient();
      List<String> names = choice.names();
      add(
          "%d chosen vectors".formatted(names.size()),
          DetoxRowKind.CHOSEN,
          names,
          List.of(set(names, coefficient)));
      List<DetoxBench.Outcome> outcomes = new ArrayList<>();
      List<List<String>> drawn = new ArrayList<>();
      for (int draw = 0; draw < draws; draw++) {
        List<String> random =
            RandomNeurons.like(
                    choice.vectors().stream().map(DetoxChoice.Vector::neuron).toList(),
                    base.architecture(),
                    seed + draw)
                .stream()
                .map(DetoxChoice::name)
                .toList();
        drawn.add(random);
        outcomes.add(set(random, coefficient));
      }
      add(
          "random vectors of the same layers, %d draws".formatted(draws),
          DetoxRowKind.RANDOM,
          /* names= */ null,
          outcomes);
      for (int draw = 0; draw < draws; draw++) {
        add(
            "random draw " + (draw + 1),
            DetoxRowKind.RANDOM_DRAW,
            drawn.get(draw),
            List.of(outcomes.get(draw)));
      }
      rows.add(
          bench.row(
              new DetoxBench.Label("word filter", DetoxRowKind.WORD_FILTER, null, null),
              List.of(bench.filtered(base, banned)),
              before,
              scorers));
      for (double dose : choice.doses()) {
        rows.add(
            bench.row(
                new DetoxBench.Label(
                    "chosen vectors at " + (float) dose, DetoxRowKind.DOSE, dose, names),
                List.of(set(names, dose)),
                before,
                scorers));
      }
    }

    private void add(
        String name,
        DetoxRowKind kind,
        @Nullable List<String> names,
        List<DetoxBench.Outcome> outcomes) {
      rows.add(
          bench.row(
              new DetoxBench.Label(name, kind, choice.coefficient(), names),
              outcomes,
              before,
              scorers));
    }

    private DetoxBench.Outcome set(List<String> names, double coefficient) {
      InterventionSpec spec = choice.spec(coefficient, names);
      return bench.outcome(base.with(InterventionSpecs.of(base, List.of(spec))));
    }
  }
}
