package io.lexiscope.tensor.kernel;

import static io.lexiscope.tensor.kernel.Lanes.ALL;
import static io.lexiscope.tensor.kernel.Lanes.BYTES;
import static io.lexiscope.tensor.kernel.Lanes.FLOAT;
import static io.lexiscope.tensor.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.kernel.Lanes.ORDER;

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
        case 6 -> sixByFour(x, xs, w, ws, in, tile);
        case 4 -> fourByFour(x, xs, w, ws, in, tile);
        default -> twoByFour(x, xs, w, ws, in, tile);
      }
    } else {
      switch (rows) {
        case 6 -> sixByTwo(x, xs, w, ws, in, tile);
        case 4 -> fourByTwo(x, xs, w, ws, in, tile);
        default -> twoByTwo(x, xs, w, ws, in, tile);
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

  /// 6 rows of x, 4 vectors of outputs.
  private static void sixByFour(long x, long xStride, long w, long wStride, int in, long tile) {
    FloatVector s0a = FloatVector.zero(FLOATS);
    FloatVector s0b = FloatVector.zero(FLOATS);
    FloatVector s0c = FloatVector.zero(FLOATS);
    FloatVector s0d = FloatVector.zero(FLOATS);
    FloatVector s1a = FloatVector.zero(FLOATS);
    FloatVector s1b = FloatVector.zero(FLOATS);
    FloatVector s1c = FloatVector.zero(FLOATS);
    FloatVector s1d = FloatVector.zero(FLOATS);
    FloatVector s2a = FloatVector.zero(FLOATS);
    FloatVector s2b = FloatVector.zero(FLOATS);
    FloatVector s2c = FloatVector.zero(FLOATS);
    FloatVector s2d = FloatVector.zero(FLOATS);
    FloatVector s3a = FloatVector.zero(FLOATS);
    FloatVector s3b = FloatVector.zero(FLOATS);
    FloatVector s3c = FloatVector.zero(FLOATS);
    FloatVector s3d = FloatVector.zero(FLOATS);
    FloatVector s4a = FloatVector.zero(FLOATS);
    FloatVector s4b = FloatVector.zero(FLOATS);
    FloatVector s4c = FloatVector.zero(FLOATS);
    FloatVector s4d = FloatVector.zero(FLOATS);
    FloatVector s5a = FloatVector.zero(FLOATS);
    FloatVector s5b = FloatVector.zero(FLOATS);
    FloatVector s5c = FloatVector.zero(FLOATS);
    FloatVector s5d = FloatVector.zero(FLOATS);
    long x3 = x + 3 * xStride;
    long at = w;
    for (int k = 0; k < in; k++) {
      long i = 4L * k;
      FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, ALL, at + BYTES, ORDER);
      FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, ALL, at + 2 * BYTES, ORDER);
      FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, ALL, at + 3 * BYTES, ORDER);
      at += wStride;
      FloatVector q0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + i));
      s0a = q0.fma(w0, s0a);
      s0b = q0.fma(w1, s0b);
      s0c = q0.fma(w2, s0c);
      s0d = q0.fma(w3, s0d);
      FloatVector q1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + xStride + i));
      s1a = q1.fma(w0, s1a);
      s1b = q1.fma(w1, s1b);
      s1c = q1.fma(w2, s1c);
      s1d = q1.fma(w3, s1d);
      FloatVector q2 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 2 * xStride + i));
      s2a = q2.fma(w0, s2a);
      s2b = q2.fma(w1, s2b);
      s2c = q2.fma(w2, s2c);
      s2d = q2.fma(w3, s2d);
      FloatVector q3 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x3 + i));
      s3a = q3.fma(w0, s3a);
      s3b = q3.fma(w1, s3b);
      s3c = q3.fma(w2, s3c);
      s3d = q3.fma(w3, s3d);
      FloatVector q4 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x3 + xStride + i));
      s4a = q4.fma(w0, s4a);
      s4b = q4.fma(w1, s4b);
      s4c = q4.fma(w2, s4c);
      s4d = q4.fma(w3, s4d);
      FloatVector q5 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x3 + 2 * xStride + i));
      s5a = q5.fma(w0, s5a);
      s5b = q5.fma(w1, s5b);
      s5c = q5.fma(w2, s5c);
      s5d = q5.fma(w3, s5d);
    }
    s0a.intoMemorySegment(ALL, tile, ORDER);
    s0b.intoMemorySegment(ALL, tile + BYTES, ORDER);
    s0c.intoMemorySegment(ALL, tile + 2 * BYTES, ORDER);
    s0d.intoMemorySegment(ALL, tile + 3 * BYTES, ORDER);
    s1a.intoMemorySegment(ALL, tile + 4 * BYTES, ORDER);
    s1b.intoMemorySegment(ALL, tile + 5 * BYTES, ORDER);
    s1c.intoMemorySegment(ALL, tile + 6 * BYTES, ORDER);
    s1d.intoMemorySegment(ALL, tile + 7 * BYTES, ORDER);
    s2a.intoMemorySegment(ALL, tile + 8 * BYTES, ORDER);
    s2b.intoMemorySegment(ALL, tile + 9 * BYTES, ORDER);
    s2c.intoMemorySegment(ALL, tile + 10 * BYTES, ORDER);
    s2d.intoMemorySegment(ALL, tile + 11 * BYTES, ORDER);
    s3a.intoMemorySegment(ALL, tile + 12 * BYTES, ORDER);
    s3b.intoMemorySegment(ALL, tile + 13 * BYTES, ORDER);
    s3c.intoMemorySegment(ALL, tile + 14 * BYTES, ORDER);
    s3d.intoMemorySegment(ALL, tile + 15 * BYTES, ORDER);
    s4a.intoMemorySegment(ALL, tile + 16 * BYTES, ORDER);
    s4b.intoMemorySegment(ALL, tile + 17 * BYTES, ORDER);
    s4c.intoMemorySegment(ALL, tile + 18 * BYTES, ORDER);
    s4d.intoMemorySegment(ALL, tile + 19 * BYTES, ORDER);
    s5a.intoMemorySegment(ALL, tile + 20 * BYTES, ORDER);
    s5b.intoMemorySegment(ALL, tile + 21 * BYTES, ORDER);
    s5c.intoMemorySegment(ALL, tile + 22 * BYTES, ORDER);
    s5d.intoMemorySegment(ALL, tile + 23 * BYTES, ORDER);
  }

  /// 4 rows of x, 4 vectors of outputs.
  private static void fourByFour(long x, long xStride, long w, long wStride, int in, long tile) {
    FloatVector s0a = FloatVector.zero(FLOATS);
    FloatVector s0b = FloatVector.zero(FLOATS);
    FloatVector s0c = FloatVector.zero(FLOATS);
    FloatVector s0d = FloatVector.zero(FLOATS);
    FloatVector s1a = FloatVector.zero(FLOATS);
    FloatVector s1b = FloatVector.zero(FLOATS);
    FloatVector s1c = FloatVector.zero(FLOATS);
    FloatVector s1d = FloatVector.zero(FLOATS);
    FloatVector s2a = FloatVector.zero(FLOATS);
    FloatVector s2b = FloatVector.zero(FLOATS);
    FloatVector s2c = FloatVector.zero(FLOATS);
    FloatVector s2d = FloatVector.zero(FLOATS);
    FloatVector s3a = FloatVector.zero(FLOATS);
    FloatVector s3b = FloatVector.zero(FLOATS);
    FloatVector s3c = FloatVector.zero(FLOATS);
    FloatVector s3d = FloatVector.zero(FLOATS);
    long x3 = x + 3 * xStride;
    long at = w;
    for (int k = 0; k < in; k++) {
      long i = 4L * k;
      FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, ALL, at + BYTES, ORDER);
      FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, ALL, at + 2 * BYTES, ORDER);
      FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, ALL, at + 3 * BYTES, ORDER);
      at += wStride;
      FloatVector q0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + i));
      s0a = q0.fma(w0, s0a);
      s0b = q0.fma(w1, s0b);
      s0c = q0.fma(w2, s0c);
      s0d = q0.fma(w3, s0d);
      FloatVector q1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + xStride + i));
      s1a = q1.fma(w0, s1a);
      s1b = q1.fma(w1, s1b);
      s1c = q1.fma(w2, s1c);
      s1d = q1.fma(w3, s1d);
      FloatVector q2 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 2 * xStride + i));
      s2a = q2.fma(w0, s2a);
      s2b = q2.fma(w1, s2b);
      s2c = q2.fma(w2, s2c);
      s2d = q2.fma(w3, s2d);
      FloatVector q3 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x3 + i));
      s3a = q3.fma(w0, s3a);
      s3b = q3.fma(w1, s3b);
      s3c = q3.fma(w2, s3c);
      s3d = q3.fma(w3, s3d);
    }
    s0a.intoMemorySegment(ALL, tile, ORDER);
    s0b.intoMemorySegment(ALL, tile + BYTES, ORDER);
    s0c.intoMemorySegment(ALL, tile + 2 * BYTES, ORDER);
    s0d.intoMemorySegment(ALL, tile + 3 * BYTES, ORDER);
    s1a.intoMemorySegment(ALL, tile + 4 * BYTES, ORDER);
    s1b.intoMemorySegment(ALL, tile + 5 * BYTES, ORDER);
    s1c.intoMemorySegment(ALL, tile + 6 * BYTES, ORDER);
    s1d.intoMemorySegment(ALL, tile + 7 * BYTES, ORDER);
    s2a.intoMemorySegment(ALL, tile + 8 * BYTES, ORDER);
    s2b.intoMemorySegment(ALL, tile + 9 * BYTES, ORDER);
    s2c.intoMemorySegment(ALL, tile + 10 * BYTES, ORDER);
    s2d.intoMemorySegment(ALL, tile + 11 * BYTES, ORDER);
    s3a.intoMemorySegment(ALL, tile + 12 * BYTES, ORDER);
    s3b.intoMemorySegment(ALL, tile + 13 * BYTES, ORDER);
    s3c.intoMemorySegment(ALL, tile + 14 * BYTES, ORDER);
    s3d.intoMemorySegment(ALL, tile + 15 * BYTES, ORDER);
  }

  /// 2 rows of x, 4 vectors of outputs.
  private static void twoByFour(long x, long xStride, long w, long wStride, int in, long tile) {
    FloatVector s0a = FloatVector.zero(FLOATS);
    FloatVector s0b = FloatVector.zero(FLOATS);
    FloatVector s0c = FloatVector.zero(FLOATS);
    FloatVector s0d = FloatVector.zero(FLOATS);
    FloatVector s1a = FloatVector.zero(FLOATS);
    FloatVector s1b = FloatVector.zero(FLOATS);
    FloatVector s1c = FloatVector.zero(FLOATS);
    FloatVector s1d = FloatVector.zero(FLOATS);
    long at = w;
    for (int k = 0; k < in; k++) {
      long i = 4L * k;
      FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, ALL, at + BYTES, ORDER);
      FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, ALL, at + 2 * BYTES, ORDER);
      FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, ALL, at + 3 * BYTES, ORDER);
      at += wStride;
      FloatVector q0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + i));
      s0a = q0.fma(w0, s0a);
      s0b = q0.fma(w1, s0b);
      s0c = q0.fma(w2, s0c);
      s0d = q0.fma(w3, s0d);
      FloatVector q1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + xStride + i));
      s1a = q1.fma(w0, s1a);
      s1b = q1.fma(w1, s1b);
      s1c = q1.fma(w2, s1c);
      s1d = q1.fma(w3, s1d);
    }
    s0a.intoMemorySegment(ALL, tile, ORDER);
    s0b.intoMemorySegment(ALL, tile + BYTES, ORDER);
    s0c.intoMemorySegment(ALL, tile + 2 * BYTES, ORDER);
    s0d.intoMemorySegment(ALL, tile + 3 * BYTES, ORDER);
    s1a.intoMemorySegment(ALL, tile + 4 * BYTES, ORDER);
    s1b.intoMemorySegment(ALL, tile + 5 * BYTES, ORDER);
    s1c.intoMemorySegment(ALL, tile + 6 * BYTES, ORDER);
    s1d.intoMemorySegment(ALL, tile + 7 * BYTES, ORDER);
  }

  /// 6 rows of x, 2 vectors of outputs.
  private static void sixByTwo(long x, long xStride, long w, long wStride, int in, long tile) {
    FloatVector s0a = FloatVector.zero(FLOATS);
    FloatVector s0b = FloatVector.zero(FLOATS);
    FloatVector s1a = FloatVector.zero(FLOATS);
    FloatVector s1b = FloatVector.zero(FLOATS);
    FloatVector s2a = FloatVector.zero(FLOATS);
    FloatVector s2b = FloatVector.zero(FLOATS);
    FloatVector s3a = FloatVector.zero(FLOATS);
    FloatVector s3b = FloatVector.zero(FLOATS);
    FloatVector s4a = FloatVector.zero(FLOATS);
    FloatVector s4b = FloatVector.zero(FLOATS);
    FloatVector s5a = FloatVector.zero(FLOATS);
    FloatVector s5b = FloatVector.zero(FLOATS);
    long x3 = x + 3 * xStride;
    long at = w;
    for (int k = 0; k < in; k++) {
      long i = 4L * k;
      FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, ALL, at + BYTES, ORDER);
      at += wStride;
      FloatVector q0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + i));
      s0a = q0.fma(w0, s0a);
      s0b = q0.fma(w1, s0b);
      FloatVector q1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + xStride + i));
      s1a = q1.fma(w0, s1a);
      s1b = q1.fma(w1, s1b);
      FloatVector q2 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 2 * xStride + i));
      s2a = q2.fma(w0, s2a);
      s2b = q2.fma(w1, s2b);
      FloatVector q3 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x3 + i));
      s3a = q3.fma(w0, s3a);
      s3b = q3.fma(w1, s3b);
      FloatVector q4 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x3 + xStride + i));
      s4a = q4.fma(w0, s4a);
      s4b = q4.fma(w1, s4b);
      FloatVector q5 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x3 + 2 * xStride + i));
      s5a = q5.fma(w0, s5a);
      s5b = q5.fma(w1, s5b);
    }
    s0a.intoMemorySegment(ALL, tile, ORDER);
    s0b.intoMemorySegment(ALL, tile + BYTES, ORDER);
    s1a.intoMemorySegment(ALL, tile + 2 * BYTES, ORDER);
    s1b.intoMemorySegment(ALL, tile + 3 * BYTES, ORDER);
    s2a.intoMemorySegment(ALL, tile + 4 * BYTES, ORDER);
    s2b.intoMemorySegment(ALL, tile + 5 * BYTES, ORDER);
    s3a.intoMemorySegment(ALL, tile + 6 * BYTES, ORDER);
    s3b.intoMemorySegment(ALL, tile + 7 * BYTES, ORDER);
    s4a.intoMemorySegment(ALL, tile + 8 * BYTES, ORDER);
    s4b.intoMemorySegment(ALL, tile + 9 * BYTES, ORDER);
    s5a.intoMemorySegment(ALL, tile + 10 * BYTES, ORDER);
    s5b.intoMemorySegment(ALL, tile + 11 * BYTES, ORDER);
  }

  /// 4 rows of x, 2 vectors of outputs.
  private static void fourByTwo(long x, long xStride, long w, long wStride, int in, long tile) {
    FloatVector s0a = FloatVector.zero(FLOATS);
    FloatVector s0b = FloatVector.zero(FLOATS);
    FloatVector s1a = FloatVector.zero(FLOATS);
    FloatVector s1b = FloatVector.zero(FLOATS);
    FloatVector s2a = FloatVector.zero(FLOATS);
    FloatVector s2b = FloatVector.zero(FLOATS);
    FloatVector s3a = FloatVector.zero(FLOATS);
    FloatVector s3b = FloatVector.zero(FLOATS);
    long x3 = x + 3 * xStride;
    long at = w;
    for (int k = 0; k < in; k++) {
      long i = 4L * k;
      FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, ALL, at + BYTES, ORDER);
      at += wStride;
      FloatVector q0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + i));
      s0a = q0.fma(w0, s0a);
      s0b = q0.fma(w1, s0b);
      FloatVector q1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + xStride + i));
      s1a = q1.fma(w0, s1a);
      s1b = q1.fma(w1, s1b);
      FloatVector q2 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 2 * xStride + i));
      s2a = q2.fma(w0, s2a);
      s2b = q2.fma(w1, s2b);
      FloatVector q3 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x3 + i));
      s3a = q3.fma(w0, s3a);
      s3b = q3.fma(w1, s3b);
    }
    s0a.intoMemorySegment(ALL, tile, ORDER);
    s0b.intoMemorySegment(ALL, tile + BYTES, ORDER);
    s1a.intoMemorySegment(ALL, tile + 2 * BYTES, ORDER);
    s1b.intoMemorySegment(ALL, tile + 3 * BYTES, ORDER);
    s2a.intoMemorySegment(ALL, tile + 4 * BYTES, ORDER);
    s2b.intoMemorySegment(ALL, tile + 5 * BYTES, ORDER);
    s3a.intoMemorySegment(ALL, tile + 6 * BYTES, ORDER);
    s3b.intoMemorySegment(ALL, tile + 7 * BYTES, ORDER);
  }

  /// 2 rows of x, 2 vectors of outputs.
  private static void twoByTwo(long x, long xStride, long w, long wStride, int in, long tile) {
    FloatVector s0a = FloatVector.zero(FLOATS);
    FloatVector s0b = FloatVector.zero(FLOATS);
    FloatVector s1a = FloatVector.zero(FLOATS);
    FloatVector s1b = FloatVector.zero(FLOATS);
    long at = w;
    for (int k = 0; k < in; k++) {
      long i = 4L * k;
      FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, ALL, at + BYTES, ORDER);
      at += wStride;
      FloatVector q0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + i));
      s0a = q0.fma(w0, s0a);
      s0b = q0.fma(w1, s0b);
      FloatVector q1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + xStride + i));
      s1a = q1.fma(w0, s1a);
      s1b = q1.fma(w1, s1b);
    }
    s0a.intoMemorySegment(ALL, tile, ORDER);
    s0b.intoMemorySegment(ALL, tile + BYTES, ORDER);
    s1a.intoMemorySegment(ALL, tile + 2 * BYTES, ORDER);
    s1b.intoMemorySegment(ALL, tile + 3 * BYTES, ORDER);
  }
}
