package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Half-precision numbers and blocks to floats; exact, with infinities and NaN kept.
final class Widening {
  static final VectorSpecies<Short> HALVES =
      VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
  static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

  private Widening() {}

  /// Rows of a weight as floats: themselves, or widened.
  ///
  /// @return where they are
  static long floats(Matrix w, int row, int count, Scratch scratch) {
    if (w.type() == WeightType.FLOAT32) {
      return w.row(row);
    }
    long numbers = (long) count * w.columns();
    long wide = scratch.floats(Scratch.Area.WEIGHTS, numbers);
    if (w.blocks() == null) {
      widen(w.type(), w.row(row), numbers, wide);
    } else {
      BlockWidening.widen(w.blocks(), w.row(row), numbers, wide, scratch);
    }
    return wide;
  }

  private static IllegalArgumentException blocks() {
    return new IllegalArgumentException("widen: expected numbers one by one, got blocks");
  }

  /// Widens numbers that follow each other.
  ///
  /// @param type of the stored numbers
  static void widen(WeightType type, long from, long count, long to) {
    switch (type) {
      case FLOAT32 -> WideningLoops.float32(from, count, to);
      case BFLOAT16 -> WideningLoops.bfloat16(from, count, to);
      case FLOAT16 -> WideningLoops.float16(from, count, to);
      case BLOCKS -> throw blocks();
    }
  }

  /// Widens a strip of a matrix, so that its rows follow each other.
  ///
  /// @param w the matrix
  /// @param row first row
  /// @param rows how many
  /// @param column first column
  /// @param columns how many, a multiple of a vector's lanes
  /// @param to floats, [rows, columns]
  static void strip(Matrix w, int row, int rows, int column, int columns, long to) {
    long stride = 4L * columns;
    long first = w.row(row) + (long) w.type().bytes() * column;
    long wStride = (long) w.type().bytes() * w.columns();
    switch (w.type()) {
      case FLOAT32 -> WideningLoops.float32Strip(first, wStride, rows, columns, to, stride);
      case BFLOAT16 -> WideningLoops.bfloat16Strip(first, wStride, rows, columns, to, stride);
      case FLOAT16 -> WideningLoops.float16Strip(first, wStride, rows, columns, to, stride);
      case BLOCKS -> throw blocks();
    }
  }
}
