package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.BYTES;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOAT;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Products of few rows with a weight [out, in]: the lanes of a vector are consecutive terms of one
/// sum.
///
/// Each sum is taken as `lanes` partial sums, each in rising order with one rounding per term, that
/// are then added; its error is at most `(in / lanes + lanes) · 2⁻²⁴ · Σ|x·w|`.
final class RowDots {
  /// Outputs computed together.
  static final int OUTPUTS = 4;

  /// Shortest row for [RowStreams#float32Dots].
  static final int FEWEST = 2 * Lanes.COUNT;

  private RowDots() {}

  /// Outputs `o … o+3` of all rows.
  ///
  /// @param x floats, [rows, in]
  /// @param w floats, the four rows of the weight, [4, in]
  /// @param bias address of the four biases, or 0
  /// @param y address of output `o` of the first row
  /// @param yStride bytes from row to row of y
  static void product(Matrix x, long w, long bias, long y, long yStride, Scratch scratch) {
    long sums = scratch.floats(Scratch.Area.TILE, 16L * Lanes.COUNT);
    int in = x.columns();
    long stride = 4L * in;
    long whole = 4L * (in - in % Lanes.COUNT);
    int rows = x.rows();
    for (int row = 0; row < rows; ) {
      int left = rows - row;
      int taken = left >= 4 ? 4 : left >= 2 ? 2 : 1;
      switch (taken) {
        case 4 -> DotTiles.fourRows(x.row(row), w, stride, whole, sums);
        case 2 -> DotTiles.twoRows(x.row(row), w, stride, whole, sums);
        default -> DotTiles.oneRow(x.row(row), w, stride, whole, sums);
      }
      for (int r = 0; r < taken; r++) {
        finish(x.row(row + r), w, in, sums + 4L * r * BYTES, bias, y + (row + r) * yStride);
      }
      row += taken;
    }
  }

  /// Adds the lanes, the terms beyond the last whole vector, and the bias.
  private static void finish(long x, long w, int in, long sums, long bias, long y) {
    int rest = in - in % Lanes.COUNT;
    for (int c = 0; c < OUTPUTS; c++) {
      float sum =
          FloatVector.fromMemorySegment(FLOATS, ALL, sums + c * BYTES, ORDER)
              .reduceLanes(VectorOperators.ADD);
      for (int i = rest; i < in; i++) {
        sum =
            Math.fma(ALL.get(FLOAT, x + 4L * i), ALL.get(FLOAT, w + 4L * ((long) c * in + i)), sum);
      }
      ALL.set(FLOAT, y + 4L * c, bias == 0 ? sum : sum + ALL.get(FLOAT, bias + 4L * c));
    }
  }
}
