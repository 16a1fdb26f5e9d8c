package io.lexiscope.workbench.invert;

import io.lexiscope.analysis.inversion.ActivationMetric;
import io.lexiscope.analysis.inversion.CausalSwaps;
import io.lexiscope.analysis.inversion.Faithfulness;
import io.lexiscope.analysis.inversion.FeatureReading;
import io.lexiscope.analysis.inversion.FeatureSet;
import io.lexiscope.analysis.inversion.InputGrammar;
import io.lexiscope.analysis.inversion.InversionQuery;
import io.lexiscope.analysis.inversion.ListedSpace;
import io.lexiscope.analysis.inversion.MatchedPosition;
import io.lexiscope.analysis.inversion.Preimage;
import io.lexiscope.analysis.inversion.PreimageReading;
import io.lexiscope.analysis.inversion.Search;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.site.ActivationConvention;
import io.lexiscope.model.site.ActivationSite;
import io.lexiscope.model.site.SiteReader;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.WorkbenchException;
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
import io.lexiscope.workbench.shelf.OpenModel;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds the inputs that share an activation, and reads what they have in common.
public final class InvertUseCase implements UseCase<InvertRequest, InvertResult> {
  private static final int MOST_FEATURES = 100;
  private static final int MOST_TEXTS = 1_000;
  private static final int MOST_SWAPS = 1_000;
  private static final int MOST_EXPLAINED = 100_000;

  private final ModelShelf shelf;

  private InvertUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `invert`.
  public static Feature<InvertRequest, InvertResult> feature(ModelShelf shelf) {
    return new Feature<>(
            Verb.reads("invert", "Which inputs share an activation, and what they have in common.")
                .in(Lane.LONG),
            InvertRequest.class,
            new InvertUseCase(shelf),
            result -> List.of(ResultFile.csv("samples.csv", () -> InvertCsv.write(result))))
        .lasting(new Lasting.Kept<>(request -> request.choice().model()));
  }

  @Override
  public InvertResult answer(InvertRequest request, Work work) {
    long start = System.nanoTime();
    ActivationMetric metric =
        Objects.requireNonNullElse(request.search().metric(), ActivationMetric.EUCLIDEAN);
    double epsilon = epsilon(request, metric);
    int swaps = count("swaps", request.readout().swaps(), MOST_SWAPS);
    int explained = count("explained", request.readout().explained(), MOST_EXPLAINED);
    requireAtMost("features", request.readout().features(), MOST_FEATURES);
    requireAtMost("texts", request.readout().texts(), MOST_TEXTS);
    try (var open = shelf.use(request.choice())) {
      TokenIds ids = Prompts.idsWithinContext("invert", open.model(), request.prompt());
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      Integer wanted = request.site().position();
      int position =
          Prompts.position("invert", "position", wanted == null ? -1 : wanted, ids.size());
      List<String> at = at(request);
      ActivationConvention convention = convention(request, at);
      List<InversionQuery> queries = new ArrayList<>();
      for (String place : at) {
        SiteReader reader = SiteReader.of(model, ActivationSite.parse(place), convention);
        queries.add(work.pass(() -> InversionQuery.of(model, reader, ids, position)));
      }
      InvertInputs inputs = InvertInputs.of(request, model, ids, position);
      List<Preimage> found = find(model, queries, inputs, metric, work);
      List<PreimageReading> readings =
          found.stream()
              .map(one -> PreimageReading.of(one, inputs.features(), epsilon, model.tokenizer()))
              .toList();
      Preimage first = found.getFirst();
      CausalSwaps swap =
          swaps == 0
              ? null
              : CausalSwaps.measure(
                  model, first, epsilon, swaps, InvertInputs.seed(request), new WorkTurn(work));
      Faithfulness faithful =
          explained < 2
              ? null
              : faithfulness(model, first, inputs, readings.getFirst(), explained, request, work);
      InvertViews views = new InvertViews(model, found, readings, epsilon);
      return new InvertResult(
          Prompts.header(open, ids, InvertInputs.seed(request), List.of()),
          views.query(),
          convention,
          InvertQueryView.label(convention),
          metric,
          epsilon,
          inputs.reader(),
          Objects.requireNonNullElse(request.site().match(), PositionMatch.ROLE),
          inputs.among(),
          inputs.space().size(),
          first.distances().sizeAt(epsilon),
          inputs.space().isWhole(),
          (double) first.distances().sizeAt(epsilon) / inputs.space().size(),
          views.samples(request.readout().top(), InvertInputs.seed(request)),
          own(model, first, metric, epsilon, request, work, views),
          views.features(faithful),
          views.curve(),
          views.places(),
          swap == null ? null : swapView(model, swap, open, ids, work),
          faithful == null ? null : InvertViews.explained(faithful, explained),
          (System.nanoTime() - start) / 1e9);
    }
  }

  private static double epsilon(InvertRequest request, ActivationMetric metric) {
    Double asked = request.search().epsilon();
    double epsilon = asked == null ? metric.epsilon() : asked;
    if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
      throw WorkbenchException.misuse(
          "epsilon", "invert: expected a bound above 0 in epsilon, got %s".formatted(epsilon));
    }
    return epsilon;
  }

  private static void requireAtMost(String field, @Nullable List<String> given, int most) {
    if (given != null && given.size() > most) {
      throw WorkbenchException.misuse(
          field,
          "invert: expected at most %,d values in %s, got %,d; leave some out"
              .formatted(most, field, given.size()));
    }
  }

  private static int count(String field, @Nullable Integer asked, int most) {
    int count = asked == null ? 0 : asked;
    if (count < 0 || count > most) {
      throw WorkbenchException.misuse(
          field, "invert: expected 0 to %,d in %s, got %d".formatted(most, field, count));
    }
    return count;
  }

  private static List<String> at(InvertRequest request) {
    List<String> names = Objects.requireNonNullElse(request.site().at(), List.of("x0.post"));
    List<String> at =
        names.stream()
            .flatMap(name -> Arrays.stream(name.split(",", -1)))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    if (at.isEmpty()) {
      throw WorkbenchException.invalid(
          "at", "invert: expected a place in at, got none; name one such as x0.mid or L0H3");
    }
    return at;
  }

  private static ActivationConvention convention(InvertRequest request, List<String> at) {
    ActivationConvention asked = request.site().convention();
    Set<ActivationConvention> told =
        at.stream().map(ActivationSite::conventionOf).collect(Collectors.toSet());
    if (asked == null && told.size() > 1) {
      throw WorkbenchException.invalid(
          "convention",
          "invert: expected places of one convention, got published short names beside others in %s; name the convention"
              .formatted(at));
    }
    return asked == null ? told.iterator().next() : asked;
  }

  private static List<Preimage> find(
      LanguageModel model,
      List<InversionQuery> queries,
      InvertInputs inputs,
      ActivationMetric metric,
      Work work) {
    ActivationMetric vectors = metric == ActivationMetric.KL ? ActivationMetric.EUCLIDEAN : metric;
    var search = new Search(inputs.where(), vectors, InputGrammar.ends(model));
    var turn = new WorkTurn(work);
    List<Preimage> found = Preimage.find(model, queries, inputs.space(), search, turn);
    return metric == ActivationMetric.KL
        ? found.stream().map(one -> Preimage.byOutput(model, one, turn)).toList()
        : found;
  }

  private static Faithfulness faithfulness(
      LanguageModel model,
      Preimage first,
      InvertInputs inputs,
      PreimageReading reading,
      int count,
      InvertRequest request,
      Work work) {
    if (inputs.where() instanceof MatchedPosition.Any) {
      throw WorkbenchException.misuse(
          "explained",
          "invert: expected positions of the same part to explain a place, got any; leave match out");
    }
    Set<String> read =
        reading.features().stream()
            .filter(feature -> feature.isRead(InvertViews.READ))
            .map(FeatureReading::name)
            .collect(Collectors.toSet());
    return Faithfulness.measure(
        model,
        first.query().reader(),
        inputs.space(),
        new Faithfulness.Sample(inputs.where(), count, InvertInputs.seed(request)),
        inputs.features(),
        read,
        new WorkTurn(work));
  }

  private static List<InvertSample> own(
      LanguageModel model,
      Preimage first,
      ActivationMetric metric,
      double epsilon,
      InvertRequest request,
      Work work,
      InvertViews views) {
    List<String> texts = Objects.requireNonNullElse(request.readout().texts(), List.of());
    if (texts.isEmpty()) {
      return List.of();
    }
    List<TokenIds> inputs =
        texts.stream().map(text -> model.tokenizer().encode(text).ids()).toList();
    var space = new ListedSpace(inputs);
    var asked =
        new InvertInputs(InvertReader.CORPUS, "", space, first.search().where(), FeatureSet.none());
    Preimage found = find(model, List.of(first.query()), asked, metric, work).getFirst();
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> views.sample(found, i, epsilon))
        .toList();
  }

  private static InvertSwapView swapView(
      LanguageModel model, CausalSwaps swap, OpenModel open, TokenIds ids, Work work) {
    int answer =
        work.pass(
            () -> {
              try (Run run = model.run(ids, Recording.nothing())) {
                return run.logits(-1).best();
              }
            });
    return new InvertSwapView(
        open.model().tokenizer().display(answer),
        swap.members().kept(),
        swap.members().kl(),
        swap.others().kept(),
        swap.others().kl());
  }
}
