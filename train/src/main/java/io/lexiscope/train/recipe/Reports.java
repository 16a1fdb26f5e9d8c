package io.lexiscope.train.recipe;

/// What a training run writes down, and how often.
///
/// @param logEvery steps per row of the loss curve; a row holds their mean
/// @param checkpointEvery steps per checkpoint, a multiple of `logEvery`
/// @param evaluateEvery steps per evaluation on held-out questions; 0 for none but the last
/// @param questions of each kind in an evaluation during training
/// @param threads threads one operation may use; 0 for all
public record Reports(
    int logEvery, int checkpointEvery, int evaluateEvery, int questions, int threads) {

  /// Checks the numbers.
  ///
  /// @throws RecipeException if one is out of range
  public Reports {
    if (logEvery < 1
        || checkpointEvery < 1
        || checkpointEvery % logEvery != 0
        || evaluateEvery < 0
        || questions < 1
        || threads < 0) {
      throw new RecipeException(
          "recipe: expected logEvery >= 1, checkpointEvery a multiple of it, evaluateEvery >= 0, questions >= 1 and threads >= 0, got %d, %d, %d, %d and %d"
              .formatted(logEvery, checkpointEvery, evaluateEvery, questions, threads));
    }
  }
}
