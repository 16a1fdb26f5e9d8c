package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.BYTES;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOAT;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/// Products with a weight [in, out]: the lanes of a vector are consecutive outputs.
///
/// Each sum is taken in rising order of the inputs with one rounding per term, for a single row as
/// sums of eight inputs: its error is at most `in · 2⁻²⁴ · Σ|x·w|`.
final class OutLanes {
  /// Vectors of outputs computed together.
  private static final int VECTORS = Lanes.MANY_REGISTERS ? 4 : 2;

  /// Outputs computed together.
  static final int STRIP = VECTORS * Lanes.COUNT;

  /// Floats of the sums that are taken together.
  static final int TILE = 6 * STRIP;

  /// Inputs of a single row that are added together.
  static final int INPUTS = 8;

  private OutLanes() {}

  /// Computes the products of one strip for all rows.
  ///
  /// @param x the rows
  /// @param w where the strip's weights are
  /// @param y where the strip's outputs go
  /// @param tile [#TILE] floats to work in
  static void strip(Rows x, Weights w, Outputs y, long tile) {
    int row = 0;
    while (row < x.count()) {
      int left = x.count() - row;
      int taken = left >= 6 ? 6 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
      some(taken, x.address() + row * x.stride(), x.stride(), w, tile);
      land(tile, taken, y, y.address() + row * y.stride());
      row += taken;
    }
  }

  /// Some rows of x.
  ///
  /// @param address of the first input of the first row
  /// @param stride bytes from row to row
  /// @param count number of rows
  record Rows(long address, long stride, int count) {}

  /// A strip's weights.
  ///
  /// @param address of the first
  /// @param stride bytes from input to input
  /// @param inputs number of inputs
  record Weights(long address, long stride, int inputs) {}

  /// A strip's outputs.
  ///
  /// @param address of the first output of the first row
  /// @param stride bytes from row to row
  /// @param added whether the products are added to what is there
  /// @param bias address of the biases that are added otherwise, or 0
  record Outputs(long address, long stride, boolean added, long bias) {}

  /// Sums of some rows, [rows][STRIP]. They begin at zero and do not start from what the outputs
  /// hold, because with the reading of outputs the widest tile has more operations than the first
  /// compiler takes, and a method it refuses is interpreted for long.
  private static void some(int rows, long x, long xs, Weights weights, long tile) {
    long w = weights.address();
    long ws = weights.stride();
    int in = weights.inputs();
    if (rows == 1) {
      ALL.asSlice(tile, 4L * STRIP).fill((byte) 0);
      accumulate(x, w, ws, in, 4L * STRIP, tile);
    } else if (Lanes.MANY_REGISTERS) {
      switch (rows) {
        case 6 -> OutTiles.sixByFour(x, xs, w, ws, in, tile);
        case 4 -> OutTiles.fourByFour(x, xs, w, ws, in, tile);
        default -> OutTiles.twoByFour(x, xs, w, ws, in, tile);
      }
    } else {
      switch (rows) {
        case 6 -> OutTiles.sixByTwo(x, xs, w, ws, in, tile);
        case 4 -> OutTiles.fourByTwo(x, xs, w, ws, in, tile);
        default -> OutTiles.twoByTwo(x, xs, w, ws, in, tile);
      }
    }
  }

  private static void land(long tile, int rows, Outputs y, long first) {
    for (int row = 0; row < rows; row++) {
      long to = first + row * y.stride();
      long with = y.added() ? to : y.bias();
      for (long c = 0; c < 4L * STRIP; c += BYTES) {
        long at = tile + 4L * row * STRIP + c;
        FloatVector sum = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
        if (with != 0) {
          sum = sum.add(FloatVector.fromMemorySegment(FLOATS, ALL, with + c, ORDER));
        }
        sum.intoMemorySegment(ALL, to + c, ORDER);
      }
    }
  }

  /// Some outputs of a single row.
  ///
  /// @param x floats, [in]
  /// @param w address of the first weight
  /// @param wStride bytes from input to input
  /// @param bytes of the outputs, a multiple of a vector's
  /// @param y outputs, to which the products are added
  static void accumulate(long x, long w, long wStride, int in, long bytes, long y) {
    int i = 0;
    for (; i + INPUTS <= in; i += INPUTS) {
      eightInputs(x + 4L * i, w + i * wStride, wStride, bytes, y);
    }
    for (; i < in; i++) {
      oneInput(x + 4L * i, w + i * wStride, bytes, y);
    }
  }

  /// Adds eight inputs of one row to the outputs.
  private static void eightInputs(long x, long w, long stride, long bytes, long y) {
    FloatVector x0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x));
    FloatVector x1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 4));
    FloatVector x2 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 8));
    FloatVector x3 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 12));
    FloatVector x4 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 16));
    FloatVector x5 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 20));
    FloatVector x6 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 24));
    FloatVector x7 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 28));
    long w4 = w + 4 * stride;
    for (long c = 0; c < bytes; c += BYTES) {
      FloatVector even =
          x0.fma(
              FloatVector.fromMemorySegment(FLOATS, ALL, w + c, ORDER),
              FloatVector.fromMemorySegment(FLOATS, ALL, y + c, ORDER));
      FloatVector odd = x4.mul(FloatVector.fromMemorySegment(FLOATS, ALL, w4 + c, ORDER));
      even = x1.fma(FloatVector.fromMemorySegment(FLOATS, ALL, w + stride + c, ORDER), even);
      odd = x5.fma(FloatVector.fromMemorySegment(FLOATS, ALL, w4 + stride + c, ORDER), odd);
      even = x2.fma(FloatVector.fromMemorySegment(FLOATS, ALL, w + 2 * stride + c, ORDER), even);
      odd = x6.fma(FloatVector.fromMemorySegment(FLOATS, ALL, w4 + 2 * stride + c, ORDER), odd);
      even = x3.fma(FloatVector.fromMemorySegment(FLOATS, ALL, w + 3 * stride + c, ORDER), even);
      odd = x7.fma(FloatVector.fromMemorySegment(FLOATS, ALL, w4 + 3 * stride + c, ORDER), odd);
      even.add(odd).intoMemorySegment(ALL, y + c, ORDER);
    }
  }

  /// Adds one input of one row to the outputs.
  private static void oneInput(long x, long w, long bytes, long y) {
    FloatVector x0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x));
    for (long c = 0; c < bytes; c += BYTES) {
      x0.fma(
              FloatVector.fromMemorySegment(FLOATS, ALL, w + c, ORDER),
              FloatVector.fromMemorySegment(FLOATS, ALL, y + c, ORDER))
          .intoMemorySegment(ALL, y + c, ORDER);
    }
  }
}
