package io.lexiscope.train.recipe;

/// The constants of AdamW.
///
/// @param beta1 share of the first moment that is kept in a step
/// @param beta2 share of the second moment that is kept in a step
/// @param weightDecay of matrices; decoupled, multiplied by the learning rate
/// @param decayAll whether biases, norms and embeddings decay too
/// @param clip largest global norm of a gradient; 0 for none
public record Optimizer(
    double beta1, double beta2, double weightDecay, boolean decayAll, double clip) {

  /// Checks the numbers.
  ///
  /// @throws RecipeException if one is out of range
  public Optimizer {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && weightDecay >= 0 && clip >= 0)) {
      throw new RecipeException(
          "recipe: expected betas in [0, 1), weightDecay >= 0 and clip >= 0, got %s, %s, %s and %s"
              .formatted(beta1, beta2, weightDecay, clip));
    }
  }
}
