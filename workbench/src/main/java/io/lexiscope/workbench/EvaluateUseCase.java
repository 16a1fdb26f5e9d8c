package io.lexiscope.workbench;

import io.lexiscope.train.Evaluations;
import io.lexiscope.train.Metric;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.train.recipe.Tasks;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.view.EvaluateRequest;
import io.lexiscope.workbench.view.EvaluateResult;
import java.util.List;

/// Measures a model on the held-out questions of its task.
final class EvaluateUseCase implements UseCase<EvaluateRequest, EvaluateResult> {
  private final ModelShelf shelf;

  EvaluateUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public EvaluateResult answer(EvaluateRequest request, Work work) {
    long start = System.nanoTime();
    String recipe = request.recipe();
    try (var open = shelf.use(request.choice())) {
      var model = InterventionSpecs.apply(open, request.interventions());
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
