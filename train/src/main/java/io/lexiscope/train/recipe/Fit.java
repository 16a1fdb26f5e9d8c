package io.lexiscope.train.recipe;

/// How a network is fitted to its task.
///
/// @param steps steps of the optimiser
/// @param batches what one step sees
/// @param schedule learning rate over the steps
/// @param optimizer constants of the optimiser
/// @param start where the weights start
public record Fit(int steps, Batches batches, Schedule schedule, Optimizer optimizer, Start start) {

  /// Where the weights start.
  ///
  /// @param seed of the random numbers
  /// @param deviation standard deviation of matrices and embeddings; those that write to the
  ///   residual stream have it divided by √(2·layers), as in GPT-2
  public record Start(long seed, double deviation) {}

  /// Checks the numbers.
  ///
  /// @throws RecipeException if a part is missing or out of range
  public Fit {
    if (steps < 1 || batches == null || schedule == null || optimizer == null || start == null) {
      throw new RecipeException(
          "recipe: expected steps >= 1, batches, schedule, optimizer and start in \"fit\", got %d, %s, %s, %s, %s"
              .formatted(steps, batches, schedule, optimizer, start));
    }
  }

  /// The same with another number of steps.
  public Fit withSteps(int other) {
    return new Fit(other, batches, schedule, optimizer, start);
  }
}
