package io.lexiscope.train.recipe;

/// What one step sees.
///
/// @param rows sequences in one forward pass
/// @param length tokens of a row of running text; 0 for tasks whose examples are rows
/// @param accumulate forward passes whose gradients are averaged to one step
/// @param arithmetic of the matrix products; F32 if left out
public record Batches(int rows, int length, int accumulate, Arithmetic arithmetic) {

  /// Element type of the operands of matrix products. Weights, sums and the optimiser are float32
  /// either way.
  public enum Arithmetic {
    /// Single precision.
    F32,
    /// The upper half of single precision: faster where the processor has instructions for it.
    BF16
  }

  /// Checks the numbers.
  ///
  /// @throws RecipeException if one is out of range
  public Batches {
    arithmetic = arithmetic == null ? Arithmetic.F32 : arithmetic;
    accumulate = accumulate == 0 ? 1 : accumulate;
    if (rows < 1 || length < 0 || accumulate < 1) {
      throw new RecipeException(
          "recipe: expected batches of rows >= 1, length >= 0 and accumulate >= 1, got %d, %d and %d"
              .formatted(rows, length, accumulate));
    }
  }
}
