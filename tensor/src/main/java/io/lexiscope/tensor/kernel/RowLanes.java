package io.lexiscope.tensor.kernel;

import static io.lexiscope.tensor.kernel.Lanes.ALL;
import static io.lexiscope.tensor.kernel.Lanes.BYTES;
import static io.lexiscope.tensor.kernel.Lanes.FLOAT;
import static io.lexiscope.tensor.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.kernel.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

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
      twoByTwelve(panel, w, 4L * in, in, tile, step);
    } else {
      twoBySix(panel, w, 4L * in, in, tile, step);
    }
  }

  /// Outputs of a panel of one vector of rows; as [#two] with [#OUTPUTS_OF_ONE].
  static void one(long panel, long w, int in, long tile, long step) {
    if (Lanes.MANY_REGISTERS) {
      oneBySixteen(panel, w, 4L * in, in, tile, step);
    } else {
      oneByTwelve(panel, w, 4L * in, in, tile, step);
    }
  }

  /// As [#one], for [#OUTPUTS] outputs.
  static void fewer(long panel, long w, int in, long tile, long step) {
    if (Lanes.MANY_REGISTERS) {
      oneByTwelve(panel, w, 4L * in, in, tile, step);
    } else {
      oneBySix(panel, w, 4L * in, in, tile, step);
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

  /// 12 outputs of 2 vectors of rows.
  private static void twoByTwelve(long x, long w, long stride, int in, long tile, long step) {
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
    FloatVector s6a = FloatVector.zero(FLOATS);
    FloatVector s6b = FloatVector.zero(FLOATS);
    FloatVector s7a = FloatVector.zero(FLOATS);
    FloatVector s7b = FloatVector.zero(FLOATS);
    FloatVector s8a = FloatVector.zero(FLOATS);
    FloatVector s8b = FloatVector.zero(FLOATS);
    FloatVector s9a = FloatVector.zero(FLOATS);
    FloatVector s9b = FloatVector.zero(FLOATS);
    FloatVector s10a = FloatVector.zero(FLOATS);
    FloatVector s10b = FloatVector.zero(FLOATS);
    FloatVector s11a = FloatVector.zero(FLOATS);
    FloatVector s11b = FloatVector.zero(FLOATS);
    long w3 = w + 3 * stride;
    long w6 = w + 6 * stride;
    long w9 = w + 9 * stride;
    long at = x;
    for (int k = 0; k < in; k++) {
      long i = 4L * k;
      FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
      FloatVector x1 = FloatVector.fromMemorySegment(FLOATS, ALL, at + BYTES, ORDER);
      at += 2 * BYTES;
      FloatVector q0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + i));
      s0a = q0.fma(x0, s0a);
      s0b = q0.fma(x1, s0b);
      FloatVector q1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + stride + i));
      s1a = q1.fma(x0, s1a);
      s1b = q1.fma(x1, s1b);
      FloatVector q2 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + 2 * stride + i));
      s2a = q2.fma(x0, s2a);
      s2b = q2.fma(x1, s2b);
      FloatVector q3 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w3 + i));
      s3a = q3.fma(x0, s3a);
      s3b = q3.fma(x1, s3b);
      FloatVector q4 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w3 + stride + i));
      s4a = q4.fma(x0, s4a);
      s4b = q4.fma(x1, s4b);
      FloatVector q5 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w3 + 2 * stride + i));
      s5a = q5.fma(x0, s5a);
      s5b = q5.fma(x1, s5b);
      FloatVector q6 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w6 + i));
      s6a = q6.fma(x0, s6a);
      s6b = q6.fma(x1, s6b);
      FloatVector q7 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w6 + stride + i));
      s7a = q7.fma(x0, s7a);
      s7b = q7.fma(x1, s7b);
      FloatVector q8 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w6 + 2 * stride + i));
      s8a = q8.fma(x0, s8a);
      s8b = q8.fma(x1, s8b);
      FloatVector q9 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w9 + i));
      s9a = q9.fma(x0, s9a);
      s9b = q9.fma(x1, s9b);
      FloatVector q10 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w9 + stride + i));
      s10a = q10.fma(x0, s10a);
      s10b = q10.fma(x1, s10b);
      FloatVector q11 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w9 + 2 * stride + i));
      s11a = q11.fma(x0, s11a);
      s11b = q11.fma(x1, s11b);
    }
    long to = tile;
    s0a.intoMemorySegment(ALL, to, ORDER);
    s0b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s1a.intoMemorySegment(ALL, to, ORDER);
    s1b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s2a.intoMemorySegment(ALL, to, ORDER);
    s2b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s3a.intoMemorySegment(ALL, to, ORDER);
    s3b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s4a.intoMemorySegment(ALL, to, ORDER);
    s4b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s5a.intoMemorySegment(ALL, to, ORDER);
    s5b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s6a.intoMemorySegment(ALL, to, ORDER);
    s6b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s7a.intoMemorySegment(ALL, to, ORDER);
    s7b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s8a.intoMemorySegment(ALL, to, ORDER);
    s8b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s9a.intoMemorySegment(ALL, to, ORDER);
    s9b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s10a.intoMemorySegment(ALL, to, ORDER);
    s10b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s11a.intoMemorySegment(ALL, to, ORDER);
    s11b.intoMemorySegment(ALL, to + BYTES, ORDER);
  }

  /// 6 outputs of 2 vectors of rows.
  private static void twoBySix(long x, long w, long stride, int in, long tile, long step) {
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
    long w3 = w + 3 * stride;
    long at = x;
    for (int k = 0; k < in; k++) {
      long i = 4L * k;
      FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
      FloatVector x1 = FloatVector.fromMemorySegment(FLOATS, ALL, at + BYTES, ORDER);
      at += 2 * BYTES;
      FloatVector q0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + i));
      s0a = q0.fma(x0, s0a);
      s0b = q0.fma(x1, s0b);
      FloatVector q1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + stride + i));
      s1a = q1.fma(x0, s1a);
      s1b = q1.fma(x1, s1b);
      FloatVector q2 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + 2 * stride + i));
      s2a = q2.fma(x0, s2a);
      s2b = q2.fma(x1, s2b);
      FloatVector q3 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w3 + i));
      s3a = q3.fma(x0, s3a);
      s3b = q3.fma(x1, s3b);
      FloatVector q4 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w3 + stride + i));
      s4a = q4.fma(x0, s4a);
      s4b = q4.fma(x1, s4b);
      FloatVector q5 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w3 + 2 * stride + i));
      s5a = q5.fma(x0, s5a);
      s5b = q5.fma(x1, s5b);
    }
    long to = tile;
    s0a.intoMemorySegment(ALL, to, ORDER);
    s0b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s1a.intoMemorySegment(ALL, to, ORDER);
    s1b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s2a.intoMemorySegment(ALL, to, ORDER);
    s2b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s3a.intoMemorySegment(ALL, to, ORDER);
    s3b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s4a.intoMemorySegment(ALL, to, ORDER);
    s4b.intoMemorySegment(ALL, to + BYTES, ORDER);
    to += step;
    s5a.intoMemorySegment(ALL, to, ORDER);
    s5b.intoMemorySegment(ALL, to + BYTES, ORDER);
  }

  /// 16 outputs of 1 vector of rows.
  private static void oneBySixteen(long x, long w, long stride, int in, long tile, long step) {
    FloatVector s0a = FloatVector.zero(FLOATS);
    FloatVector s1a = FloatVector.zero(FLOATS);
    FloatVector s2a = FloatVector.zero(FLOATS);
    FloatVector s3a = FloatVector.zero(FLOATS);
    FloatVector s4a = FloatVector.zero(FLOATS);
    FloatVector s5a = FloatVector.zero(FLOATS);
    FloatVector s6a = FloatVector.zero(FLOATS);
    FloatVector s7a = FloatVector.zero(FLOATS);
    FloatVector s8a = FloatVector.zero(FLOATS);
    FloatVector s9a = FloatVector.zero(FLOATS);
    FloatVector s10a = FloatVector.zero(FLOATS);
    FloatVector s11a = FloatVector.zero(FLOATS);
    FloatVector s12a = FloatVector.zero(FLOATS);
    FloatVector s13a = FloatVector.zero(FLOATS);
    FloatVector s14a = FloatVector.zero(FLOATS);
    FloatVector s15a = FloatVector.zero(FLOATS);
    long w4 = w + 4 * stride;
    long w8 = w + 8 * stride;
    long w12 = w + 12 * stride;
    long at = x;
    for (int k = 0; k < in; k++) {
      long i = 4L * k;
      FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
      at += BYTES;
      FloatVector q0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + i));
      s0a = q0.fma(x0, s0a);
      FloatVector q1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + stride + i));
      s1a = q1.fma(x0, s1a);
      FloatVector q2 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + 2 * stride + i));
      s2a = q2.fma(x0, s2a);
      FloatVector q3 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + 3 * stride + i));
      s3a = q3.fma(x0, s3a);
      FloatVector q4 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w4 + i));
      s4a = q4.fma(x0, s4a);
      FloatVector q5 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w4 + stride + i));
      s5a = q5.fma(x0, s5a);
      FloatVector q6 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w4 + 2 * stride + i));
      s6a = q6.fma(x0, s6a);
      FloatVector q7 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w4 + 3 * stride + i));
      s7a = q7.fma(x0, s7a);
      FloatVector q8 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w8 + i));
      s8a = q8.fma(x0, s8a);
      FloatVector q9 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w8 + stride + i));
      s9a = q9.fma(x0, s9a);
      FloatVector q10 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w8 + 2 * stride + i));
      s10a = q10.fma(x0, s10a);
      FloatVector q11 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w8 + 3 * stride + i));
      s11a = q11.fma(x0, s11a);
      FloatVector q12 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w12 + i));
      s12a = q12.fma(x0, s12a);
      FloatVector q13 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w12 + stride + i));
      s13a = q13.fma(x0, s13a);
      FloatVector q14 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w12 + 2 * stride + i));
      s14a = q14.fma(x0, s14a);
      FloatVector q15 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w12 + 3 * stride + i));
      s15a = q15.fma(x0, s15a);
    }
    long to = tile;
    s0a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s1a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s2a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s3a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s4a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s5a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s6a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s7a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s8a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s9a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s10a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s11a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s12a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s13a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s14a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s15a.intoMemorySegment(ALL, to, ORDER);
  }

  /// 12 outputs of 1 vector of rows.
  private static void oneByTwelve(long x, long w, long stride, int in, long tile, long step) {
    FloatVector s0a = FloatVector.zero(FLOATS);
    FloatVector s1a = FloatVector.zero(FLOATS);
    FloatVector s2a = FloatVector.zero(FLOATS);
    FloatVector s3a = FloatVector.zero(FLOATS);
    FloatVector s4a = FloatVector.zero(FLOATS);
    FloatVector s5a = FloatVector.zero(FLOATS);
    FloatVector s6a = FloatVector.zero(FLOATS);
    FloatVector s7a = FloatVector.zero(FLOATS);
    FloatVector s8a = FloatVector.zero(FLOATS);
    FloatVector s9a = FloatVector.zero(FLOATS);
    FloatVector s10a = FloatVector.zero(FLOATS);
    FloatVector s11a = FloatVector.zero(FLOATS);
    long w3 = w + 3 * stride;
    long w6 = w + 6 * stride;
    long w9 = w + 9 * stride;
    long at = x;
    for (int k = 0; k < in; k++) {
      long i = 4L * k;
      FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
      at += BYTES;
      FloatVector q0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + i));
      s0a = q0.fma(x0, s0a);
      FloatVector q1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + stride + i));
      s1a = q1.fma(x0, s1a);
      FloatVector q2 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + 2 * stride + i));
      s2a = q2.fma(x0, s2a);
      FloatVector q3 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w3 + i));
      s3a = q3.fma(x0, s3a);
      FloatVector q4 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w3 + stride + i));
      s4a = q4.fma(x0, s4a);
      FloatVector q5 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w3 + 2 * stride + i));
      s5a = q5.fma(x0, s5a);
      FloatVector q6 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w6 + i));
      s6a = q6.fma(x0, s6a);
      FloatVector q7 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w6 + stride + i));
      s7a = q7.fma(x0, s7a);
      FloatVector q8 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w6 + 2 * stride + i));
      s8a = q8.fma(x0, s8a);
      FloatVector q9 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w9 + i));
      s9a = q9.fma(x0, s9a);
      FloatVector q10 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w9 + stride + i));
      s10a = q10.fma(x0, s10a);
      FloatVector q11 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w9 + 2 * stride + i));
      s11a = q11.fma(x0, s11a);
    }
    long to = tile;
    s0a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s1a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s2a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s3a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s4a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s5a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s6a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s7a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s8a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s9a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s10a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s11a.intoMemorySegment(ALL, to, ORDER);
  }

  /// 6 outputs of 1 vector of rows.
  private static void oneBySix(long x, long w, long stride, int in, long tile, long step) {
    FloatVector s0a = FloatVector.zero(FLOATS);
    FloatVector s1a = FloatVector.zero(FLOATS);
    FloatVector s2a = FloatVector.zero(FLOATS);
    FloatVector s3a = FloatVector.zero(FLOATS);
    FloatVector s4a = FloatVector.zero(FLOATS);
    FloatVector s5a = FloatVector.zero(FLOATS);
    long w3 = w + 3 * stride;
    long at = x;
    for (int k = 0; k < in; k++) {
      long i = 4L * k;
      FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
      at += BYTES;
      FloatVector q0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + i));
      s0a = q0.fma(x0, s0a);
      FloatVector q1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + stride + i));
      s1a = q1.fma(x0, s1a);
      FloatVector q2 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w + 2 * stride + i));
      s2a = q2.fma(x0, s2a);
      FloatVector q3 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w3 + i));
      s3a = q3.fma(x0, s3a);
      FloatVector q4 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w3 + stride + i));
      s4a = q4.fma(x0, s4a);
      FloatVector q5 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, w3 + 2 * stride + i));
      s5a = q5.fma(x0, s5a);
    }
    long to = tile;
    s0a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s1a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s2a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s3a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s4a.intoMemorySegment(ALL, to, ORDER);
    to += step;
    s5a.intoMemorySegment(ALL, to, ORDER);
  }
}
