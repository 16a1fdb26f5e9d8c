package io.lexiscope.workbench.survey;

import io.lexiscope.analysis.survey.RunSurvey;
import io.lexiscope.analysis.survey.SurveyPlan;
import io.lexiscope.analysis.survey.SurveyReport;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.workbench.ask.Count;
import io.lexiscope.workbench.corpus.PromptSet;
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
import java.util.List;

/// Makes the published studies of heads, norms and neurons over a set of prompts.
public final class SurveyUseCase implements UseCase<SurveyRequest, SurveyResult> {
  private static final int STANDARD_EXAMPLES = 100;
  private static final int MOST_EXAMPLES = 100_000;
  private static final int MOST_WORDS = 10_000;

  private final ModelShelf shelf;

  private SurveyUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `survey`.
  public static Feature<SurveyRequest, SurveyResult> feature(ModelShelf shelf) {
    return new Feature<>(
            Verb.reads("survey", "What heads, norms and neurons do to words, over many prompts.")
                .in(Lane.LONG),
            SurveyRequest.class,
            new SurveyUseCase(shelf),
            result ->
                List.of(
                    ResultFile.csv("overlap.csv", () -> SurveyCsv.overlap(result)),
                    ResultFile.csv("norms.csv", () -> SurveyCsv.norms(result)),
                    ResultFile.csv("neurons.csv", () -> SurveyCsv.neurons(result))))
        .lasting(new Lasting.Kept<>(request -> request.choice().model()));
  }

  @Override
  public SurveyResult answer(SurveyRequest request, Work work) {
    long start = System.nanoTime();
    SurveyPlan published = SurveyPlan.published();
    int most =
        Count.within("survey", "examples", request.examples(), STANDARD_EXAMPLES, 1, MOST_EXAMPLES);
    int k = Count.within("survey", "k", request.k(), published.k(), 1, MOST_WORDS);
    long seed = request.seed() == null ? 0 : request.seed();
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      int shown = Math.min(k, model.architecture().dimensions().vocabulary());
      PromptSet set =
          PromptSet.of(
              "survey", model, request.data(), request.prompts(), new PromptSet.Draw(most, seed));
      SurveyPlan plan =
          new SurveyPlan(shown, published.heads(), published.words(), published.rule(), seed);
      SurveyReport report = RunSurvey.measure(model, set.prompts(), plan, new WorkTurn(work));
      return new SurveyResult(
          open.name(),
          report.prompts(),
          set.corpus(),
          shown,
          report.overlap(),
          report.norms(),
          report.active(),
          report.neuronsByChance(),
          SurveySentences.of(report, plan),
          (System.nanoTime() - start) / 1e9,
          open.provenance(seed));
    }
  }
}
