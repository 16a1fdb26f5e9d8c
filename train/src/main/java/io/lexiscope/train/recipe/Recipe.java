package io.lexiscope.train.recipe;

import io.lexiscope.model.weights.StoredType;
import tools.jackson.databind.node.ObjectNode;

/// Everything that decides what a trained model will be.
///
/// @param about name and words for the model card
/// @param task what is learned
/// @param model a Hugging Face `config.json` without what the task decides (vocabulary, special
///   tokens); not modified
/// @param fit how
/// @param reports what is written down on the way
public record Recipe(About about, TaskRecipe task, ObjectNode model, Fit fit, Reports reports) {

  /// Words and form of the result.
  ///
  /// @param name of the model
  /// @param description one or two sentences for the model card
  /// @param weights element type of the written weights: F32, F16 or BF16
  public record About(String name, String description, StoredType weights) {}

  /// Checks that nothing is missing.
  ///
  /// @throws RecipeException if a part is missing
  public Recipe {
    if (about == null
        || about.name() == null
        || about.weights() == null
        || task == null
        || model == null
        || fit == null
        || reports == null) {
      throw new RecipeException(
          "recipe: expected \"about\" (name, description, weights), \"task\", \"model\", \"fit\" and \"reports\", got one missing");
    }
    model = model.deepCopy();
  }

  /// A copy of the configuration.
  @Override
  public ObjectNode model() {
    return model.deepCopy();
  }

  /// The same with another number of steps.
  public Recipe withSteps(int steps) {
    return new Recipe(about, task, model, fit.withSteps(steps), reports);
  }
}
