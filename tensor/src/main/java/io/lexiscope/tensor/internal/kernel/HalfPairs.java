package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.BYTES;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Products of a single row with a weight in half precision, which is widened in registers: a
/// vector of ints holds pairs of halves, and a shift or a mask makes floats of the even ones and of
/// the odd ones. So inputs (or outputs) are kept in groups, a vector of even ones before a vector
/// of odd ones.
///
/// A weight is walked from end to end in a single loop, one row or one input after the other: a
/// core fetches ahead best along one stream, and one that waits for memory has little room for the
/// operations of widening. Four rows side by side reached two thirds of this.
///
/// Widening a float16 is spelled out: a helper for it is not inlined once it was compiled by
/// itself, and every vector would be an object.
///
/// Halves lie as on little-endian machines, the only ones there are natives for. Bounds of the
/// error are those of [RowDots] and [OutLanes].
final class HalfPairs {
  static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final VectorSpecies<Long> LONGS = FLOATS.withLanes(long.class);

  /// Numbers of a group.
  static final int GROUP = 2 * Lanes.COUNT;

  /// Shortest row for [#dots].
  static final int FEWEST = 2 * GROUP;

  /// The odd half of a pair.
  static final int UPPER = 0xffff_0000;

  /// Sign, exponent and fraction of a half in the upper bits, after a shift by the three bits that
  /// a float's exponent is longer.
  static final int FIELDS = 0x8fff_e000;

  /// Those fields are 2⁻¹¹² of the number.
  static final float SCALE = 0x1p112f;

  static final int INFINITE_HALF = 0x7c00_0000;
  static final int INFINITE = 0x7f80_0000;

  private HalfPairs() {}

  /// Groups numbers.
  ///
  /// @param from floats
  /// @param count a multiple of [#GROUP]
  static void group(long from, long count, long to) {
    for (long i = 0; i < 4 * count; i += 2 * BYTES) {
      LongVector first = LongVector.fromMemorySegment(LONGS, ALL, from + i, ORDER);
      LongVector second = LongVector.fromMemorySegment(LONGS, ALL, from + i + BYTES, ORDER);
      first
          .convertShape(VectorOperators.L2I, INTS, 0)
          .lanewise(VectorOperators.OR, second.convertShape(VectorOperators.L2I, INTS, -1))
          .reinterpretAsInts()
          .intoMemorySegment(ALL, to + i, ORDER);
      first
          .lanewise(VectorOperators.LSHR, 32)
          .convertShape(VectorOperators.L2I, INTS, 0)
          .lanewise(
              VectorOperators.OR,
              second.lanewise(VectorOperators.LSHR, 32).convertShape(VectorOperators.L2I, INTS, -1))
          .reinterpretAsInts()
          .intoMemorySegment(ALL, to + i + BYTES, ORDER);
    }
  }

  /// Puts groups back in order.
  static void ungroup(long from, long count, long to) {
    for (long i = 0; i < 4 * count; i += 2 * BYTES) {
      IntVector even = IntVector.fromMemorySegment(INTS, ALL, from + i, ORDER);
      IntVector odd = IntVector.fromMemorySegment(INTS, ALL, from + i + BYTES, ORDER);
      for (int part = 0; part < 2; part++) {
        odd.convertShape(VectorOperators.ZERO_EXTEND_I2L, LONGS, part)
            .reinterpretAsLongs()
            .lanewise(VectorOperators.LSHL, 32)
            .lanewise(
                VectorOperators.OR,
                even.convertShape(VectorOperators.ZERO_EXTEND_I2L, LONGS, part)
                    .reinterpretAsLongs())
            .intoMemorySegment(ALL, to + i + part * BYTES, ORDER);
      }
    }
  }

  /// Products of a row with rows of a weight [out, in].
  ///
  /// @param x the row, in groups as far as there are whole ones, then as it was
  /// @param in its length, at least [#FEWEST]
  /// @param w first row of the weight; rows follow each other
  /// @param rows of the weight
  /// @param y where the sums go, [rows]
  static void dots(WeightType type, long x, int in, long w, int rows, long y) {
    if (type == WeightType.BFLOAT16) {
      RowStreams.bfloat16Dots(x, in, w, rows, y);
    } else {
      RowStreams.float16Dots(x, in, w, rows, y);
    }
  }

  /// Adds inputs of a weight [in, out] to outputs in groups.
  ///
  /// @param x the inputs, [inputs]
  /// @param w weight of the first
  /// @param stride bytes from input to input of the weight
  /// @param inputs how many
  /// @param bytes of the outputs as halves, a multiple of a group's
  /// @param y outputs in groups
  static void accumulate(
      WeightType type, long x, long w, long stride, int inputs, long bytes, long y) {
    if (type == WeightType.BFLOAT16) {
      RowStreams.bfloat16Sums(x, w, stride, inputs, bytes, y);
    } else {
      RowStreams.float16Sums(x, w, stride, inputs, bytes, y);
    }
  }
}
