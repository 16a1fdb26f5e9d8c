package io.lexiscope.train;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.train.recipe.Recipe;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.train.recipe.Tasks;
import io.lexiscope.train.task.Task;
import java.util.List;

/// Measures a model on the held-out questions of a task.
public final class Evaluations {
  /// Questions of each kind where the task draws them.
  public static final int QUESTIONS = 1000;

  private Evaluations() {}

  /// Measures a model on the task it was trained for, as the `recipe.json` in its folder says.
  ///
  /// @throws io.lexiscope.train.recipe.RecipeException if there is no recipe or it cannot be used
  public static List<Metric> run(LanguageModel model) {
    Recipe recipe = Recipes.read(model.folder().resolve("recipe.json"));
    return run(model, Tasks.of(recipe.task()), QUESTIONS);
  }

  /// Measures a model on a task by name, in its published form.
  ///
  /// @throws io.lexiscope.train.recipe.RecipeException if there is no such task
  public static List<Metric> run(LanguageModel model, String taskName) {
    return run(model, Tasks.published(taskName), QUESTIONS);
  }

  /// Measures a model on a task.
  ///
  /// @param model a model whose tokenizer knows the task's texts
  /// @param task what to ask
  /// @param questionsPerSet questions of each kind where the task draws them
  /// @throws TrainingException if the model has another vocabulary than the task, or another head
  public static List<Metric> run(LanguageModel model, Task task, int questionsPerSet) {
    TaskFit.require(model, task);
    Examiner examiner = new Examiner(model.transformer(), model.tokenizer(), model.interventions());
    return task.evaluationSets(questionsPerSet).stream().map(examiner::ask).toList();
  }
}
