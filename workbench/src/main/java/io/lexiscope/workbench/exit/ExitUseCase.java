package io.lexiscope.workbench.exit;

import io.lexiscope.analysis.cluster.ValueClustering;
import io.lexiscope.analysis.exit.ExitExperiment;
import io.lexiscope.analysis.exit.ExitLearner;
import io.lexiscope.analysis.exit.ExitScore;
import io.lexiscope.analysis.exit.ExitTracer;
import io.lexiscope.analysis.exit.GenerationTrial;
import io.lexiscope.analysis.exit.LearnedRules;
import io.lexiscope.analysis.exit.SubUpdateClusters;
import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.generate.EarlyExit;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.LateKeys;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.ExitExamples;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Learns rules for early exit, tests them on examples they were not learned from, and takes the
/// time of continuations with and without.
public final class ExitUseCase implements UseCase<ExitRequest, ExitResult> {
  private static final String PAPER = "sub-updates";

  private final ModelShelf shelf;

  private ExitUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `exit`.
  public static Feature<ExitRequest, ExitResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("exit", "Rules for leaving the network early, and what they save.")
            .in(Lane.LONG),
        ExitRequest.class,
        new ExitUseCase(shelf),
        ExitDownloads::of);
  }

  /// What was asked, with what stands for the absent.
  private record Plan(ExitLearning asked, int examples, int tests, int clusters, int splits) {
    static Plan of(ExitLearning asked) {
      return new Plan(
          asked,
          count("examples", asked.examples(), 2000, 20),
          count("tests", asked.tests(), 1000, 1),
          count("clusters", asked.clusters(), 200, 1),
          count("splits", asked.splits(), 5, 1));
    }

    double agreement() {
      Double given = asked.agreement();
      return given == null ? 0.97 : given;
    }

    long seed() {
      Long given = asked.seed();
      return given == null ? 0 : given;
    }
  }

  private static int count(String field, @Nullable Integer asked, int otherwise, int least) {
    int count = asked == null ? otherwise : asked;
    if (count < least) {
      throw WorkbenchException.invalid(
          field, "exit: expected %d or more in %s, got %d".formatted(least, field, count));
    }
    return count;
  }

  @Override
  public ExitResult answer(ExitRequest request, Work work) {
    Plan plan = Plan.of(request.learning());
    int prompts = count("prompts", request.prompts(), 12, 0);
    int tokens = count("n", request.n(), 32, 1);
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      ExitExamples examples =
          request.texts() == null
              ? ExitExamples.ofTask(model, plan.examples(), plan.tests(), plan.seed())
              : ExitExamples.ofTexts(model, request.texts(), plan.examples(), plan.seed());
      SubUpdateClusters clusters = clusters(model, plan.clusters(), work);
      ExitExperiment experiment = experiment(model, examples, clusters, plan, work);
      ExitExperiment.Outcome outcome =
          experiment.run(
              new ExitLearner(plan.agreement(), plan.seed(), clusters),
              done -> work.progress(done, plan.splits(), "splits"));
      String rule =
          request.learning().rule() == null ? outcome.first().chosen() : request.learning().rule();
      LearnedRules learned = outcome.first();
      var early = new EarlyExit(learned.named(rule), ExitRules.late(request.lateKeys()));
      List<ExitGeneration> generation = new ArrayList<>();
      if (prompts > 0) {
        for (String tried : Stream.of(rule, PAPER).distinct().toList()) {
          var exit = new EarlyExit(learned.named(tried), early.late());
          generation.add(
              generation(tried, new GenerationTrial(model, tokens, exit), examples, prompts, work));
        }
      }
      return result(
          request, open, plan, new Measured(examples, experiment, outcome), rule, generation);
    }
  }

  private static SubUpdateClusters clusters(LanguageModel model, int k, Work work) {
    return work.pass(
        () ->
            SubUpdateClusters.of(
                model,
                ValueClustering.of(model)
                    .watchedBy((done, total) -> work.progress(done, total, "merges of clusters"))
                    .cut(k)));
  }

  private static ExitExperiment experiment(
      LanguageModel model,
      ExitExamples examples,
      SubUpdateClusters clusters,
      Plan plan,
      Work work) {
    List<TokenIds> tested = examples.tested();
    ExitTracer tracer = new ExitTracer(model, clusters);
    int total = examples.learned().size() + (tested == null ? 0 : tested.size());
    int[] traced = {0};
    ExitTracer.Pass pass =
        (batch, prompts) -> {
          var sights = work.pass(batch);
          traced[0] += prompts;
          work.progress(traced[0], total, "examples");
          return sights;
        };
    return new ExitExperiment(
        tracer.trace(examples.learned(), pass),
        tested == null ? null : tracer.trace(tested, pass),
        plan.splits(),
        ExitExperiment.readingCost(model.architecture()));
  }

  private static ExitGeneration generation(
      String name, GenerationTrial trial, ExitExamples examples, int prompts, Work work) {
    List<TokenIds> from =
        Objects.requireNonNullElse(examples.tested(), examples.learned()).stream()
            .filter(
                ids ->
                    ids.size() + trial.tokens()
                        <= trial.model().architecture().dimensions().context())
            .limit(prompts)
            .toList();
    if (from.isEmpty()) {
      throw WorkbenchException.invalid(
          "n",
          "exit: expected a continuation that fits the context after a test prompt, got %d tokens; ask for fewer"
              .formatted(trial.tokens()));
    }
    var result =
        work.pass(
            () ->
                trial.run(
                    from,
                    done -> {
                      work.progress(done, from.size(), "prompts continued by " + name);
                      work.letOthersPass();
                    }));
    return new ExitGeneration(
        name,
        trial.early().late() == io.lexiscope.model.forward.LateKeys.EXACT
            ? LateKeys.EXACT
            : LateKeys.COPIED,
        Estimate.proportion(result.agreeing(), result.tokens()),
        result.savedLayers(),
        result.tokens() / result.earlySeconds(),
        result.tokens() / result.wholeSeconds(),
        1 - result.earlySeconds() / result.wholeSeconds(),
        result.leftAt());
  }

  /// What was learned and tested.
  private record Measured(
      ExitExamples examples, ExitExperiment experiment, ExitExperiment.Outcome outcome) {}

  private static ExitResult result(
      ExitRequest request,
      OpenModel open,
      Plan plan,
      Measured measured,
      String rule,
      List<ExitGeneration> generation) {
    int layers = measured.experiment().examples().layers();
    List<ExitRow> rows =
        measured.outcome().scores().entrySet().stream().map(entry -> row(entry, layers)).toList();
    ExitRow used = rows.stream().filter(row -> row.name().equals(rule)).findFirst().orElseThrow();
    return new ExitResult(
        open.name(),
        rule,
        used.accuracy().value(),
        used.savedLayers(),
        generation.isEmpty()
            ? null
            : 1000 / generation.getFirst().tokensPerSecondWhole()
                - 1000 / generation.getFirst().tokensPerSecond(),
        new ExitSetup(
            measured.examples().corpus(),
            layers,
            measured.experiment().examples().size(),
            Math.toIntExact(used.accuracy().n()),
            plan.splits(),
            plan.clusters(),
            plan.agreement(),
            measured.experiment().price()),
        rows,
        generation,
        Boolean.TRUE.equals(request.withRule())
            ? ExitRules.file(rule, measured.outcome().first().named(rule), open)
            : null,
        open.provenance(plan.seed()));
  }

  private static ExitRow row(Map.Entry<String, List<ExitScore>> scores, int layers) {
    ExitScore all = scores.getValue().stream().reduce(ExitScore::and).orElseThrow();
    return new ExitRow(
        scores.getKey(),
        Estimate.proportion(all.right(), all.examples()),
        deviation(scores.getValue().stream().mapToDouble(ExitScore::agreement)),
        all.savedLayers(),
        deviation(scores.getValue().stream().mapToDouble(ExitScore::savedLayers)),
        all.savedLayers() / layers,
        all.savedLayersOfRight(),
        all.leftAt());
  }

  /// Standard deviation of these numbers as a population, as the paper's code has it.
  private static double deviation(DoubleStream numbers) {
    double[] all = numbers.toArray();
    double mean = DoubleStream.of(all).average().orElse(Double.NaN);
    return Math.sqrt(
        DoubleStream.of(all).map(x -> (x - mean) * (x - mean)).average().orElse(Double.NaN));
  }
}
