package io.lexiscope.workbench.exit;

import io.lexiscope.analysis.exit.ExitContinuations;
import io.lexiscope.analysis.exit.ExitExamples;
import io.lexiscope.analysis.exit.ExitLearner;
import io.lexiscope.analysis.exit.ExitPlan;
import io.lexiscope.analysis.exit.ExitReport;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.workbench.ask.Count;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.TaskSentences;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Asks for rules for early exit, tested on examples they were not learned from.
public final class ExitUseCase implements UseCase<ExitRequest, ExitResult> {
  private static final int STANDARD_EXAMPLES = 2000;
  private static final int FEWEST_EXAMPLES = 20;
  private static final int STANDARD_TESTS = 1000;
  private static final int MOST = 100_000;

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
            ExitDownloads::of)
        .lasting(new Lasting.Kept<>(request -> request.choice().model()));
  }

  @Override
  public ExitResult answer(ExitRequest request, Work work) {
    ExitLearning asked = request.learning();
    int most = count("examples", asked.examples(), STANDARD_EXAMPLES, FEWEST_EXAMPLES);
    int tests = count("tests", asked.tests(), STANDARD_TESTS, 1);
    ExitPlan plan = plan(asked);
    ExitContinuations continuations = continuations(request);
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      ExitExamples examples =
          request.texts() == null
              ? TaskSentences.examples(model, most, tests, plan.seed())
              : ExitExamples.ofTexts(model, request.texts(), most, plan.seed());
      ExitReport report =
          ExitReport.measure(model, examples, plan, continuations, new WorkTurn(work));
      return result(request, open, plan, report);
    }
  }

  private static ExitPlan plan(ExitLearning asked) {
    ExitPlan standard = ExitPlan.standard();
    double agreement = Objects.requireNonNullElse(asked.agreement(), standard.agreement());
    if (!(agreement > 0 && agreement <= 1)) {
      throw WorkbenchException.misuse(
          "agreement", "exit: expected an agreement above 0 and up to 1, got " + agreement);
    }
    String rule = asked.rule();
    if (rule != null && !ExitLearner.RULES.contains(rule)) {
      throw WorkbenchException.misuse(
          "rule",
          "exit: expected one of the rules %s, got %s"
              .formatted(String.join(", ", ExitLearner.RULES), rule));
    }
    return new ExitPlan(
        count("clusters", asked.clusters(), standard.clusters(), 1),
        count("splits", asked.splits(), standard.splits(), 1),
        agreement,
        rule,
        Objects.requireNonNullElse(asked.seed(), standard.seed()));
  }

  private static ExitContinuations continuations(ExitRequest request) {
    ExitContinuations standard = ExitContinuations.standard();
    return new ExitContinuations(
        count("prompts", request.prompts(), standard.prompts(), 0),
        count("n", request.n(), standard.tokens(), 1),
        Objects.requireNonNullElse(request.lateKeys(), standard.late()));
  }

  private static int count(String field, @Nullable Integer asked, int otherwise, int least) {
    return Count.within("exit", field, asked, otherwise, least, MOST);
  }

  private static ExitResult result(
      ExitRequest request, OpenModel open, ExitPlan plan, ExitReport report) {
    return new ExitResult(
        open.name(),
        report.rule(),
        report.used().accuracy().value(),
        report.used().savedLayers(),
        report.generation().isEmpty()
            ? null
            : 1000 / report.generation().getFirst().tokensPerSecondWhole()
                - 1000 / report.generation().getFirst().tokensPerSecond(),
        report.setup(),
        report.rows(),
        report.generation(),
        Boolean.TRUE.equals(request.withRule())
            ? ExitRules.file(report.rule(), report.usedRule(), open)
            : null,
        open.provenance(plan.seed()));
  }
}
