package io.lexiscope.tensor.kernel;

import org.jspecify.annotations.Nullable;

/// What is done with the outputs of a product by the thread that made them, while they are in its
/// cache.
///
/// @param activation applied to each, or null
/// @param onto address of floats of the shape of y to which the outputs are added, or 0
public record Finish(@Nullable NonLinearity activation, long onto) {
  /// Outputs stay as they are.
  public static final Finish NOTHING = new Finish(null, 0);

  /// Finishes outputs `from … to−1` of every row.
  ///
  /// @param y [rows, out] floats
  void apply(long y, int rows, int out, int from, int to) {
    if (activation == null && onto == 0) {
      return;
    }
    for (int row = 0; row < rows; row++) {
      long offset = 4L * ((long) row * out + from);
      if (activation != null) {
        Pointwise.apply(activation, y + offset, to - from, y + offset);
      }
      if (onto != 0) {
        Pointwise.add(onto + offset, to - from, y + offset);
      }
    }
  }
}
