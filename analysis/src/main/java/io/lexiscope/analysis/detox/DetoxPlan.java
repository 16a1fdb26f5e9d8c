package io.lexiscope.analysis.detox;

/// How a detoxification experiment is done.
///
/// @param selection which vectors
/// @param dose what they are set to
/// @param tokens of a continuation
/// @param draws how many sets of random vectors are the control
/// @param seed of the random vectors and of the intervals
public record DetoxPlan(
    VectorSelection selection, DetoxDose dose, int tokens, int draws, long seed) {
  /// Checks the counts.
  ///
  /// @throws DetoxException if there are no tokens or no draws
  public DetoxPlan {
    require("n", tokens);
    require("draws", draws);
  }

  /// Ten vectors chosen by [VectorSelection.Lowering], the best of the standard doses,
  /// continuations of 20 tokens, five draws.
  public static DetoxPlan standard() {
    return new DetoxPlan(
        new VectorSelection.Lowering(10),
        DetoxDose.standard(),
        /* tokens= */ 20,
        /* draws= */ 5,
        /* seed= */ 0);
  }

  private static void require(String argument, int count) {
    if (count < 1) {
      throw new DetoxException(
          argument, "detox: expected 1 or more in %s, got %d".formatted(argument, count));
    }
  }
}
