package io.lexiscope.tensor.internal.kernel;

import io.lexiscope.tensor.option.NonLinearity;
import org.jspecify.annotations.Nullable;

/// What is done with the outputs of a product by the thread that made them, while they are in its
/// cache.
///
/// @param activation applied to each, or null
/// @param onto address of floats of the shape of y to which the outputs are added, or 0
/// @param by address of floats of the shape of y with which the outputs are multiplied, or 0
public record Finish(@Nullable NonLinearity activation, long onto, long by) {
  /// Outputs stay as they are.
  public static final Finish NOTHING = new Finish(null, 0, 0);

  /// The outputs go through a non-linearity.
  public static Finish activated(NonLinearity activation) {
    return new Finish(activation, /* onto= */ 0, /* by= */ 0);
  }

  /// The outputs are added to something.
  public static Finish added(long onto) {
    return new Finish(null, onto, /* by= */ 0);
  }

  /// The outputs are multiplied with something, element by element.
  public static Finish multiplied(long by) {
    return new Finish(null, /* onto= */ 0, by);
  }

  /// The same from an element on.
  Finish from(long element) {
    return new Finish(
        activation, onto == 0 ? 0 : onto + 4 * element, by == 0 ? 0 : by + 4 * element);
  }

  /// Finishes outputs `from … to−1` of every row.
  ///
  /// @param y [rows, out] floats
  void apply(long y, int rows, int out, int from, int to) {
    if (activation == null && onto == 0 && by == 0) {
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
      if (by != 0) {
        Pointwise.multiply(by + offset, to - from, y + offset);
      }
    }
  }
}
