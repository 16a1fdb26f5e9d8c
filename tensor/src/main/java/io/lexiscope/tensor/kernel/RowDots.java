package io.lexiscope.tensor.kernel;

import static io.lexiscope.tensor.kernel.Lanes.ALL;
import static io.lexiscope.tensor.kernel.Lanes.BYTES;
import static io.lexiscope.tensor.kernel.Lanes.FLOAT;
import static io.lexiscope.tensor.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.kernel.Lanes.ORDER;

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

  /// Shortest row for [#single].
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
        case 4 -> fourRows(x.row(row), w, stride, whole, sums);
        case 2 -> twoRows(x.row(row), w, stride, whole, sums);
        default -> oneRow(x.row(row), w, stride, whole, sums);
      }
      for (int r = 0; r < taken; r++) {
        finish(x.row(row + r), w, in, sums + 4L * r * BYTES, bias, y + (row + r) * yStride);
      }
      row += taken;
    }
  }

  /// Products of a single row with rows of a weight, which is walked from end to end in one loop: a
  /// core fetches ahead best along a single stream.
  ///
  /// @param x floats, [in]
  /// @param in at least [#FEWEST]
  /// @param w floats, [rows, in]
  /// @param y where the sums go, [rows]
  static void single(long x, int in, long w, int rows, long y) {
    long whole = 4L * (in - in % FEWEST);
    boolean another = in % FEWEST >= Lanes.COUNT;
    long rest = 4L * in - whole;
    long end = w + 4L * in * rows;
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = FloatVector.zero(FLOATS);
    long i = 0;
    long to = y;
    for (long at = w; at < end; ) {
      s0 =
          FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER)
              .fma(FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER), s0);
      s1 =
          FloatVector.fromMemorySegment(FLOATS, ALL, x + i + BYTES, ORDER)
              .fma(FloatVector.fromMemorySegment(FLOATS, ALL, at + BYTES, ORDER), s1);
      i += 2 * BYTES;
      at += 2 * BYTES;
      if (i == whole) {
        long from = i;
        if (another) {
          s0 =
              FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER)
                  .fma(FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER), s0);
          from += BYTES;
        }
        float sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
        for (; from < 4L * in; from += 4) {
          sum = Math.fma(ALL.get(FLOAT, x + from), ALL.get(FLOAT, at - i + from), sum);
        }
        ALL.set(FLOAT, to, sum);
        to += 4;
        at += rest;
        i = 0;
        s0 = FloatVector.zero(FLOATS);
        s1 = FloatVector.zero(FLOATS);
      }
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

  /// 1 row of x with four rows of a weight: the sums lane by lane, [1][4] vectors at `sums`.
  private static void oneRow(long x, long w, long stride, long bytes, long sums) {
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s01 = FloatVector.zero(FLOATS);
    FloatVector s02 = FloatVector.zero(FLOATS);
    FloatVector s03 = FloatVector.zero(FLOATS);
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + i, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, ALL, w + stride + i, ORDER);
      FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, ALL, w + 2 * stride + i, ORDER);
      FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, ALL, w + 3 * stride + i, ORDER);
      FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      s00 = x0.fma(w0, s00);
      s01 = x0.fma(w1, s01);
      s02 = x0.fma(w2, s02);
      s03 = x0.fma(w3, s03);
    }
    s00.intoMemorySegment(ALL, sums, ORDER);
    s01.intoMemorySegment(ALL, sums + BYTES, ORDER);
    s02.intoMemorySegment(ALL, sums + 2 * BYTES, ORDER);
    s03.intoMemorySegment(ALL, sums + 3 * BYTES, ORDER);
  }

  /// 2 rows of x with four rows of a weight: the sums lane by lane, [2][4] vectors at `sums`.
  private static void twoRows(long x, long w, long stride, long bytes, long sums) {
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s01 = FloatVector.zero(FLOATS);
    FloatVector s02 = FloatVector.zero(FLOATS);
    FloatVector s03 = FloatVector.zero(FLOATS);
    FloatVector s10 = FloatVector.zero(FLOATS);
    FloatVector s11 = FloatVector.zero(FLOATS);
    FloatVector s12 = FloatVector.zero(FLOATS);
    FloatVector s13 = FloatVector.zero(FLOATS);
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + i, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, ALL, w + stride + i, ORDER);
      FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, ALL, w + 2 * stride + i, ORDER);
      FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, ALL, w + 3 * stride + i, ORDER);
      FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      s00 = x0.fma(w0, s00);
      s01 = x0.fma(w1, s01);
      s02 = x0.fma(w2, s02);
      s03 = x0.fma(w3, s03);
      FloatVector x1 = FloatVector.fromMemorySegment(FLOATS, ALL, x + stride + i, ORDER);
      s10 = x1.fma(w0, s10);
      s11 = x1.fma(w1, s11);
      s12 = x1.fma(w2, s12);
      s13 = x1.fma(w3, s13);
    }
    s00.intoMemorySegment(ALL, sums, ORDER);
    s01.intoMemorySegment(ALL, sums + BYTES, ORDER);
    s02.intoMemorySegment(ALL, sums + 2 * BYTES, ORDER);
    s03.intoMemorySegment(ALL, sums + 3 * BYTES, ORDER);
    s10.intoMemorySegment(ALL, sums + 4 * BYTES, ORDER);
    s11.intoMemorySegment(ALL, sums + 5 * BYTES, ORDER);
    s12.intoMemorySegment(ALL, sums + 6 * BYTES, ORDER);
    s13.intoMemorySegment(ALL, sums + 7 * BYTES, ORDER);
  }

  /// 4 rows of x with four rows of a weight: the sums lane by lane, [4][4] vectors at `sums`.
  private static void fourRows(long x, long w, long stride, long bytes, long sums) {
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s01 = FloatVector.zero(FLOATS);
    FloatVector s02 = FloatVector.zero(FLOATS);
    FloatVector s03 = FloatVector.zero(FLOATS);
    FloatVector s10 = FloatVector.zero(FLOATS);
    FloatVector s11 = FloatVector.zero(FLOATS);
    FloatVector s12 = FloatVector.zero(FLOATS);
    FloatVector s13 = FloatVector.zero(FLOATS);
    FloatVector s20 = FloatVector.zero(FLOATS);
    FloatVector s21 = FloatVector.zero(FLOATS);
    FloatVector s22 = FloatVector.zero(FLOATS);
    FloatVector s23 = FloatVector.zero(FLOATS);
    FloatVector s30 = FloatVector.zero(FLOATS);
    FloatVector s31 = FloatVector.zero(FLOATS);
    FloatVector s32 = FloatVector.zero(FLOATS);
    FloatVector s33 = FloatVector.zero(FLOATS);
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + i, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, ALL, w + stride + i, ORDER);
      FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, ALL, w + 2 * stride + i, ORDER);
      FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, ALL, w + 3 * stride + i, ORDER);
      FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      s00 = x0.fma(w0, s00);
      s01 = x0.fma(w1, s01);
      s02 = x0.fma(w2, s02);
      s03 = x0.fma(w3, s03);
      FloatVector x1 = FloatVector.fromMemorySegment(FLOATS, ALL, x + stride + i, ORDER);
      s10 = x1.fma(w0, s10);
      s11 = x1.fma(w1, s11);
      s12 = x1.fma(w2, s12);
      s13 = x1.fma(w3, s13);
      FloatVector x2 = FloatVector.fromMemorySegment(FLOATS, ALL, x + 2 * stride + i, ORDER);
      s20 = x2.fma(w0, s20);
      s21 = x2.fma(w1, s21);
      s22 = x2.fma(w2, s22);
      s23 = x2.fma(w3, s23);
      FloatVector x3 = FloatVector.fromMemorySegment(FLOATS, ALL, x + 3 * stride + i, ORDER);
      s30 = x3.fma(w0, s30);
      s31 = x3.fma(w1, s31);
      s32 = x3.fma(w2, s32);
      s33 = x3.fma(w3, s33);
    }
    s00.intoMemorySegment(ALL, sums, ORDER);
    s01.intoMemorySegment(ALL, sums + BYTES, ORDER);
    s02.intoMemorySegment(ALL, sums + 2 * BYTES, ORDER);
    s03.intoMemorySegment(ALL, sums + 3 * BYTES, ORDER);
    s10.intoMemorySegment(ALL, sums + 4 * BYTES, ORDER);
    s11.intoMemorySegment(ALL, sums + 5 * BYTES, ORDER);
    s12.intoMemorySegment(ALL, sums + 6 * BYTES, ORDER);
    s13.intoMemorySegment(ALL, sums + 7 * BYTES, ORDER);
    s20.intoMemorySegment(ALL, sums + 8 * BYTES, ORDER);
    s21.intoMemorySegment(ALL, sums + 9 * BYTES, ORDER);
    s22.intoMemorySegment(ALL, sums + 10 * BYTES, ORDER);
    s23.intoMemorySegment(ALL, sums + 11 * BYTES, ORDER);
    s30.intoMemorySegment(ALL, sums + 12 * BYTES, ORDER);
    s31.intoMemorySegment(ALL, sums + 13 * BYTES, ORDER);
    s32.intoMemorySegment(ALL, sums + 14 * BYTES, ORDER);
    s33.intoMemorySegment(ALL, sums + 15 * BYTES, ORDER);
  }
}
