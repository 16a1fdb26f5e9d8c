package io.lexiscope.analysis.exit;

import io.lexiscope.analysis.cluster.ValueClustering;
import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.generate.EarlyExit;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Rules by which tokens leave the network early, and what they give on examples they were not
/// learned from.
///
/// @param setup what was learned from and tested on
/// @param rows every rule, from never leaving to the oracle, which leaves exactly at saturation
/// @param rule name of the rule put to use
/// @param generation continuations with and without early exit: by the rule put to use and, where
///   that is another, by the paper's
/// @param learned the rules of the first split
public record ExitReport(
    ExitSetup setup,
    List<ExitRow> rows,
    String rule,
    List<ExitGeneration> generation,
    LearnedRules learned) {
  private static final String PAPER = "sub-updates";

  /// Copies the lists.
  public ExitReport {
    rows = List.copyOf(rows);
    generation = List.copyOf(generation);
  }

  /// What the rule put to use gives.
  public ExitRow used() {
    return rows.stream().filter(row -> row.name().equals(rule)).findFirst().orElseThrow();
  }

  /// The rule put to use.
  public LearnedRule usedRule() {
    return learned.named(rule);
  }

  /// Learns rules, tests them, and continues prompts with and without.
  ///
  /// @param model with what is in force
  /// @param examples to learn from and test on
  /// @param plan how rules are learned and tested
  /// @param continuations with and without early exit
  /// @param turn is asked before each piece of native work, and hears how far the work is
  /// @throws ExitException if there are too few examples, no rule of the name asked for, or no
  ///   prompt that leaves room for its continuation
  public static ExitReport measure(
      LanguageModel model,
      ExitExamples examples,
      ExitPlan plan,
      ExitContinuations continuations,
      Turn turn) {
    SubUpdateClusters clusters =
        turn.take(
            () ->
                SubUpdateClusters.of(
                    model,
                    ValueClustering.of(model)
                        .watchedBy((done, all) -> turn.progress(done, all, "merges of clusters"))
                        .cut(plan.clusters())));
    ExitExperiment experiment = experiment(model, examples, clusters, plan.splits(), turn);
    ExitExperiment.Outcome outcome =
        experiment.run(
            new ExitLearner(plan.agreement(), plan.seed(), clusters),
            done -> turn.progress(done, plan.splits(), "splits"));
    LearnedRules learned = outcome.first();
    String rule = Objects.requireNonNullElse(plan.rule(), learned.chosen());
    learned.named(rule);
    List<ExitGeneration> generation = new ArrayList<>();
    if (continuations.prompts() > 0) {
      for (String tried : Stream.of(rule, PAPER).distinct().toList()) {
        var early = new EarlyExit(learned.named(tried), continuations.late());
        var trial = new GenerationTrial(model, continuations.tokens(), early);
        generation.add(generation(tried, trial, examples, continuations.prompts(), turn));
      }
    }
    int layers = experiment.examples().layers();
    List<ExitRow> rows =
        outcome.scores().entrySet().stream().map(entry -> row(entry, layers)).toList();
    int tests =
        Objects.requireNonNull(outcome.scores().get(rule), rule).stream()
            .mapToInt(ExitScore::examples)
            .sum();
    return new ExitReport(
        new ExitSetup(
            examples.corpus(),
            layers,
            experiment.examples().size(),
            experiment.calibration(),
            tests,
            plan.splits(),
            plan.clusters(),
            plan.agreement(),
            experiment.price()),
        rows,
        rule,
        generation,
        learned);
  }

  private static ExitExperiment experiment(
      LanguageModel model,
      ExitExamples examples,
      SubUpdateClusters clusters,
      int splits,
      Turn turn) {
    List<TokenIds> tested = examples.tested();
    ExitTracer tracer = new ExitTracer(model, clusters);
    int total = examples.learned().size() + (tested == null ? 0 : tested.size());
    int[] traced = {0};
    ExitTracer.Pass pass =
        (batch, prompts) -> {
          var sights = turn.take(batch);
          traced[0] += prompts;
          turn.progress(traced[0], total, "examples");
          return sights;
        };
    return new ExitExperiment(
        tracer.trace(examples.learned(), pass),
        tested == null ? null : tracer.trace(tested, pass),
        splits,
        ExitExperiment.readingCost(model.architecture()));
  }

  private static ExitGeneration generation(
      String name, GenerationTrial trial, ExitExamples examples, int prompts, Turn turn) {
    int context = trial.model().architecture().dimensions().context();
    List<TokenIds> from =
        Objects.requireNonNullElse(examples.tested(), examples.learned()).stream()
            .filter(ids -> ids.size() + trial.tokens() <= context)
            .limit(prompts)
            .toList();
    if (from.isEmpty()) {
      throw new ExitException(
          "exit: expected a continuation that fits the context after a test prompt, got %d tokens; ask for fewer"
              .formatted(trial.tokens()));
    }
    var result =
        turn.take(
            () ->
                trial.run(
                    from,
                    done -> {
                      turn.progress(done, from.size(), "prompts continued by " + name);
                      turn.letOthersPass();
                    }));
    return new ExitGeneration(
        name,
        trial.early().late(),
        Estimate.proportion(result.agreeing(), result.tokens()),
        result.savedLayers(),
        result.tokens() / result.earlySeconds(),
        result.tokens() / result.wholeSeconds(),
        1 - result.earlySeconds() / result.wholeSeconds(),
        result.leftAt());
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
