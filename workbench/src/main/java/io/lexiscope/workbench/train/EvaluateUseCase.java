package io.lexiscope.workbench.train;

import io.lexiscope.train.Evaluations;
import io.lexiscope.train.Metric;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.train.recipe.Tasks;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.DefaultText;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Measures a model on the held-out questions of its task.
public final class EvaluateUseCase implements UseCase<EvaluateRequest, EvaluateResult> {
  private final ModelShelf shelf;

  private EvaluateUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `evaluate`.
  public static Feature<EvaluateRequest, EvaluateResult> feature(ModelShelf shelf) {
    return new Feature<>(
            Verb.reads("evaluate", "The quality of a model on its task.").in(Lane.LONG),
            EvaluateRequest.class,
            new EvaluateUseCase(shelf))
        .lasting(new Lasting.Kept<>(request -> request.choice().model()));
  }

  /// The model that was named; else, beside a recipe, the one it makes: in the folder of its file,
  /// or by its name.
  private static ModelChoice chosen(EvaluateRequest request) {
    ModelChoice choice = request.choice();
    String recipe = request.recipe();
    if (recipe == null || choice.model() != null) {
      return choice;
    }
    if (Recipes.names().contains(recipe)) {
      return new ModelChoice(recipe, choice.dtype(), choice.device(), choice.patches());
    }
    Path folder = Path.of(recipe).toAbsolutePath().getParent();
    if (folder == null || !Files.isRegularFile(folder.resolve("config.json"))) {
      throw WorkbenchException.invalid(
          "model",
          "evaluate: expected a model, got a recipe with none beside it; name one with -m");
    }
    return new ModelChoice(folder.toString(), choice.dtype(), choice.device(), choice.patches());
  }

  @Override
  public EvaluateResult answer(EvaluateRequest request, Work work) {
    long start = System.nanoTime();
    String recipe = request.recipe();
    try (var open = shelf.use(chosen(request))) {
      if (recipe == null && DefaultText.task(open.model()) == null) {
        throw WorkbenchException.invalid(
            "model",
            "evaluate: expected a model of a task, got %s, which has no recipe.json; measure it on a text with score, or give a recipe"
                .formatted(open.name()));
      }
      var model = InterventionSpecs.apply(open, request.interventions(), work);
      List<Metric> metrics =
          work.pass(
              () ->
                  recipe == null
                      ? Evaluations.run(model)
                      : Evaluations.run(
                          model, Tasks.of(Recipes.load(recipe).task()), Evaluations.QUESTIONS));
      return new EvaluateResult(
          open.name(),
          Metrics.views(metrics),
          (System.nanoTime() - start) / 1e9,
          open.provenance(/* seed= */ null));
    }
  }
}
