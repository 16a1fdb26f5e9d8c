package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOAT;

/// Products of many rows with a weight [out, in]: the lanes of a vector are rows of x, which are
/// turned round for it, so that no sum crosses lanes and the weight is read as it lies.
///
/// Each sum is taken in rising order of the inputs with one rounding per term, whatever the tile:
/// its error is at most `in · 2⁻²⁴ · Σ|x·w|`, and [#dot] gives the very same bits.
final class RowLanes {
  /// Rows that are computed together, and to which a panel is filled up.
  static final int PANEL = 2 * Lanes.COUNT;

  /// Outputs computed together for a panel of two vectors.
  static final int OUTPUTS = Lanes.MANY_REGISTERS ? 12 : 6;

  /// Outputs computed together for one vector of rows.
  static final int OUTPUTS_OF_ONE = Lanes.MANY_REGISTERS ? 16 : 12;

  private static final int TURNED_INPUTS = 64;

  private RowLanes() {}

  /// Turns rows round.
  ///
  /// @param x address of the first row
  /// @param width rows of the panel; those beyond the last are zeros
  /// @param panel floats, [in][width]
  static void turn(long x, int rows, int in, int width, long panel) {
    // Some inputs of all rows at a time: what is written stays in the first cache until it is full.
    for (int start = 0; start < in; start += TURNED_INPUTS) {
      int end = Math.min(in, start + TURNED_INPUTS);
      for (int r = 0; r < width; r++) {
        long from = x + 4L * in * r;
        long to = panel + 4L * r;
        for (int i = start; i < end; i++) {
          ALL.set(FLOAT, to + 4L * i * width, r < rows ? ALL.get(FLOAT, from + 4L * i) : 0f);
        }
      }
    }
  }

  /// Outputs of a panel of two vectors of rows.
  ///
  /// @param panel rows turned round, [in][PANEL]
  /// @param w floats, [OUTPUTS, in]
  /// @param tile where the results go: one row of vectors for each output
  /// @param step bytes from output to output of the tile
  static void two(long panel, long w, int in, long tile, long step) {
    if (Lanes.MANY_REGISTERS) {
      RowTiles.twoByTwelve(panel, w, 4L * in, in, tile, step);
    } else {
      RowTiles.twoBySix(panel, w, 4L * in, in, tile, step);
    }
  }

  /// Outputs of a panel of one vector of rows; as [#two] with [#OUTPUTS_OF_ONE].
  static void one(long panel, long w, int in, long tile, long step) {
    if (Lanes.MANY_REGISTERS) {
      RowTiles.oneBySixteen(panel, w, 4L * in, in, tile, step);
    } else {
      RowTiles.oneByTwelve(panel, w, 4L * in, in, tile, step);
    }
  }

  /// As [#one], for [#OUTPUTS] outputs.
  static void fewer(long panel, long w, int in, long tile, long step) {
    if (Lanes.MANY_REGISTERS) {
      RowTiles.oneByTwelve(panel, w, 4L * in, in, tile, step);
    } else {
      RowTiles.oneBySix(panel, w, 4L * in, in, tile, step);
    }
  }

  /// Writes a tile's results, with their biases, into rows of y.
  ///
  /// @param tile a line of `width` rows for each output
  /// @param bias address of the outputs' biases, or 0
  /// @param y address of the first output of the first row
  static void spread(long tile, int width, int rows, int outputs, long bias, long y, long yStride) {
    for (int row = 0; row < rows; row++) {
      long from = tile + 4L * row;
      long to = y + row * yStride;
      for (int o = 0; o < outputs; o++) {
        float sum = ALL.get(FLOAT, from + 4L * o * width);
        ALL.set(FLOAT, to + 4L * o, bias == 0 ? sum : sum + ALL.get(FLOAT, bias + 4L * o));
      }
    }
  }

  /// One output of one row in the order of the kernels.
  static float dot(long x, long w, int in) {
    float sum = 0;
    for (int k = 0; k < in; k++) {
      long i = 4L * k;
      sum = Math.fma(ALL.get(FLOAT, w + i), ALL.get(FLOAT, x + i), sum);
    }
    return sum;
  }
}
