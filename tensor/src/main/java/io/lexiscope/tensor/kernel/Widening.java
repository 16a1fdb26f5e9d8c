package io.lexiscope.tensor.kernel;

import static io.lexiscope.tensor.kernel.Lanes.ALL;
import static io.lexiscope.tensor.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.kernel.Lanes.ORDER;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Half-precision numbers to floats; exact, with infinities and NaN kept.
final class Widening {
  static final VectorSpecies<Short> HALVES =
      VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

  private Widening() {}

  /// Widens numbers that follow each other.
  ///
  /// @param type of the stored numbers
  static void widen(WeightType type, long from, long count, long to) {
    switch (type) {
      case FLOAT32 -> float32(from, count, to);
      case BFLOAT16 -> bfloat16(from, count, to);
      case FLOAT16 -> float16(from, count, to);
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
      case FLOAT32 -> {
        for (int i = 0; i < rows; i++) {
          float32(first + i * wStride, columns, to + i * stride);
        }
      }
      case BFLOAT16 -> bfloat16Strip(first, wStride, rows, columns, to, stride);
      case FLOAT16 -> float16Strip(first, wStride, rows, columns, to, stride);
    }
  }

  private static void float32(long from, long count, long to) {
    long i = 0;
    for (; i + Lanes.COUNT <= count; i += Lanes.COUNT) {
      FloatVector.fromMemorySegment(FLOATS, ALL, from + 4 * i, ORDER)
          .intoMemorySegment(ALL, to + 4 * i, ORDER);
    }
    for (; i < count; i++) {
      Lanes.set(to + 4 * i, Lanes.get(from + 4 * i));
    }
  }

  /// Widens a vector of bfloat16.
  static FloatVector bfloat16(ShortVector halves) {
    IntVector bits = (IntVector) halves.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
    return bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }

  /// Widens one bfloat16.
  static float bfloat16(long address) {
    return Float.intBitsToFloat(ALL.get(SHORT, address) << 16);
  }

  private static void bfloat16(long from, long count, long to) {
    long i = 0;
    for (; i + Lanes.COUNT <= count; i += Lanes.COUNT) {
      bfloat16(ShortVector.fromMemorySegment(HALVES, ALL, from + 2 * i, ORDER))
          .intoMemorySegment(ALL, to + 4 * i, ORDER);
    }
    for (; i < count; i++) {
      Lanes.set(to + 4 * i, bfloat16(from + 2 * i));
    }
  }

  private static void bfloat16Strip(
      long from, long fromStride, int rows, int columns, long to, long toStride) {
    for (int row = 0; row < rows; row++) {
      long source = from + row * fromStride;
      long target = to + row * toStride;
      for (int column = 0; column < columns; column += Lanes.COUNT) {
        bfloat16(ShortVector.fromMemorySegment(HALVES, ALL, source + 2L * column, ORDER))
            .intoMemorySegment(ALL, target + 4L * column, ORDER);
      }
    }
  }

  /// Widens one number.
  static float one(WeightType type, long address) {
    return switch (type) {
      case FLOAT32 -> Lanes.get(address);
      case BFLOAT16 -> bfloat16(address);
      case FLOAT16 -> Float.float16ToFloat(ALL.get(SHORT, address));
    };
  }

  private static void float16(long from, long count, long to) {
    long i = 0;
    for (; i + Lanes.COUNT <= count; i += Lanes.COUNT) {
      IntVector bits =
          (IntVector)
              ShortVector.fromMemorySegment(HALVES, ALL, from + 2 * i, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
      IntVector upper = bits.lanewise(VectorOperators.LSHL, 16);
      IntVector number =
          upper
              .lanewise(VectorOperators.ASHR, 3)
              .lanewise(VectorOperators.AND, HalfPairs.FIELDS)
              .reinterpretAsFloats()
              .mul(HalfPairs.SCALE)
              .reinterpretAsInts();
      VectorMask<Integer> beyond =
          upper
              .lanewise(VectorOperators.AND, HalfPairs.INFINITE_HALF)
              .compare(VectorOperators.EQ, HalfPairs.INFINITE_HALF);
      number
          .lanewise(VectorOperators.OR, HalfPairs.INFINITE, beyond)
          .reinterpretAsFloats()
          .intoMemorySegment(ALL, to + 4 * i, ORDER);
    }
    for (; i < count; i++) {
      Lanes.set(to + 4 * i, Float.float16ToFloat(ALL.get(SHORT, from + 2 * i)));
    }
  }

  private static void float16Strip(
      long from, long fromStride, int rows, int columns, long to, long toStride) {
    for (int row = 0; row < rows; row++) {
      long source = from + row * fromStride;
      long target = to + row * toStride;
      for (int column = 0; column < columns; column += Lanes.COUNT) {
        IntVector bits =
            (IntVector)
                ShortVector.fromMemorySegment(HALVES, ALL, source + 2L * column, ORDER)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
        IntVector upper = bits.lanewise(VectorOperators.LSHL, 16);
        IntVector number =
            upper
                .lanewise(VectorOperators.ASHR, 3)
                .lanewise(VectorOperators.AND, HalfPairs.FIELDS)
                .reinterpretAsFloats()
                .mul(HalfPairs.SCALE)
                .reinterpretAsInts();
        VectorMask<Integer> beyond =
            upper
                .lanewise(VectorOperators.AND, HalfPairs.INFINITE_HALF)
                .compare(VectorOperators.EQ, HalfPairs.INFINITE_HALF);
        number
            .lanewise(VectorOperators.OR, HalfPairs.INFINITE, beyond)
            .reinterpretAsFloats()
            .intoMemorySegment(ALL, target + 4L * column, ORDER);
      }
    }
  }
}
