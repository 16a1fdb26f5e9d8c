package io.lexiscope.tensor.kernel;

import static io.lexiscope.tensor.kernel.Lanes.ALL;
import static io.lexiscope.tensor.kernel.Lanes.BYTES;
import static io.lexiscope.tensor.kernel.Lanes.FLOAT;
import static io.lexiscope.tensor.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.kernel.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Products of a single row with a weight in half precision, which is widened in registers: a
/// vector of ints holds pairs of halves, and a shift or a mask makes floats of the even ones and of
/// the odd ones. So inputs (or outputs) are kept in groups, a vector of even ones before a vector
/// of odd ones.
///
/// Float16 takes eight operations to widen; written out they are as many as the first compiler
/// takes for two rows, and a helper for them is not inlined once it was compiled by itself: every
/// vector would be an object.
///
/// Halves lie as on little-endian machines, the only ones there are natives for. Bounds of the
/// error are those of [RowDots] and [OutLanes].
final class HalfPairs {
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

  /// Numbers of a group.
  static final int GROUP = 2 * Lanes.COUNT;

  /// Inputs that are added together.
  static final int INPUTS = 4;

  private static final int UPPER = 0xffff_0000;

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
  /// @param from floats, or 0 for zeros
  /// @param count a multiple of [#GROUP]
  static void group(long from, int count, long to) {
    for (long group = 0; group < 4L * count; group += 2 * BYTES) {
      for (long i = 0; i < BYTES; i += 4) {
        long pair = from + group + 2 * i;
        Lanes.set(to + group + i, from == 0 ? 0 : Lanes.get(pair));
        Lanes.set(to + group + BYTES + i, from == 0 ? 0 : Lanes.get(pair + 4));
      }
    }
  }

  /// Puts groups back in order.
  static void ungroup(long from, int count, long to) {
    for (long group = 0; group < 4L * count; group += 2 * BYTES) {
      for (long i = 0; i < BYTES; i += 4) {
        long pair = to + group + 2 * i;
        Lanes.set(pair, Lanes.get(from + group + i));
        Lanes.set(pair + 4, Lanes.get(from + group + BYTES + i));
      }
    }
  }

  /// Sums lane by lane of four rows of a weight [out, in], four vectors at `sums`.
  ///
  /// @param x inputs in groups
  /// @param stride bytes from row to row of the weight
  /// @param bytes of the inputs as halves, a multiple of a group's
  static void fourRows(WeightType type, long x, long w, long stride, long bytes, long sums) {
    if (type == WeightType.BFLOAT16) {
      fourRowsBfloat16(x, w, stride, bytes, sums);
    } else {
      twoRowsFloat16(x, w, stride, bytes, sums);
      twoRowsFloat16(x, w + 2 * stride, stride, bytes, sums + 2 * BYTES);
    }
  }

  private static void fourRowsBfloat16(long x, long w, long stride, long bytes, long sums) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = FloatVector.zero(FLOATS);
    FloatVector s2 = FloatVector.zero(FLOATS);
    FloatVector s3 = FloatVector.zero(FLOATS);
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector even = FloatVector.fromMemorySegment(FLOATS, ALL, x + 2 * i, ORDER);
      FloatVector odd = FloatVector.fromMemorySegment(FLOATS, ALL, x + 2 * i + BYTES, ORDER);
      IntVector w0 = IntVector.fromMemorySegment(INTS, ALL, w + i, ORDER);
      s0 =
          odd.fma(
              w0.lanewise(VectorOperators.AND, UPPER).reinterpretAsFloats(),
              even.fma(w0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), s0));
      IntVector w1 = IntVector.fromMemorySegment(INTS, ALL, w + stride + i, ORDER);
      s1 =
          odd.fma(
              w1.lanewise(VectorOperators.AND, UPPER).reinterpretAsFloats(),
              even.fma(w1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), s1));
      IntVector w2 = IntVector.fromMemorySegment(INTS, ALL, w + 2 * stride + i, ORDER);
      s2 =
          odd.fma(
              w2.lanewise(VectorOperators.AND, UPPER).reinterpretAsFloats(),
              even.fma(w2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), s2));
      IntVector w3 = IntVector.fromMemorySegment(INTS, ALL, w + 3 * stride + i, ORDER);
      s3 =
          odd.fma(
              w3.lanewise(VectorOperators.AND, UPPER).reinterpretAsFloats(),
              even.fma(w3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), s3));
    }
    s0.intoMemorySegment(ALL, sums, ORDER);
    s1.intoMemorySegment(ALL, sums + BYTES, ORDER);
    s2.intoMemorySegment(ALL, sums + 2 * BYTES, ORDER);
    s3.intoMemorySegment(ALL, sums + 3 * BYTES, ORDER);
  }

  private static void twoRowsFloat16(long x, long w, long stride, long bytes, long sums) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = FloatVector.zero(FLOATS);
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector even = FloatVector.fromMemorySegment(FLOATS, ALL, x + 2 * i, ORDER);
      FloatVector odd = FloatVector.fromMemorySegment(FLOATS, ALL, x + 2 * i + BYTES, ORDER);
      IntVector odd0 = IntVector.fromMemorySegment(INTS, ALL, w + i, ORDER);
      IntVector even0 = odd0.lanewise(VectorOperators.LSHL, 16);
      FloatVector e0 =
          even0
              .lanewise(VectorOperators.ASHR, 3)
              .lanewise(VectorOperators.AND, FIELDS)
              .reinterpretAsFloats()
              .mul(SCALE);
      VectorMask<Integer> e0Beyond =
          even0
              .lanewise(VectorOperators.AND, INFINITE_HALF)
              .compare(VectorOperators.EQ, INFINITE_HALF);
      e0 =
          e0.reinterpretAsInts()
              .lanewise(VectorOperators.OR, INFINITE, e0Beyond)
              .reinterpretAsFloats();
      FloatVector o0 =
          odd0.lanewise(VectorOperators.ASHR, 3)
              .lanewise(VectorOperators.AND, FIELDS)
              .reinterpretAsFloats()
              .mul(SCALE);
      VectorMask<Integer> o0Beyond =
          odd0.lanewise(VectorOperators.AND, INFINITE_HALF)
              .compare(VectorOperators.EQ, INFINITE_HALF);
      o0 =
          o0.reinterpretAsInts()
              .lanewise(VectorOperators.OR, INFINITE, o0Beyond)
              .reinterpretAsFloats();
      s0 = odd.fma(o0, even.fma(e0, s0));
      IntVector odd1 = IntVector.fromMemorySegment(INTS, ALL, w + stride + i, ORDER);
      IntVector even1 = odd1.lanewise(VectorOperators.LSHL, 16);
      FloatVector e1 =
          even1
              .lanewise(VectorOperators.ASHR, 3)
              .lanewise(VectorOperators.AND, FIELDS)
              .reinterpretAsFloats()
              .mul(SCALE);
      VectorMask<Integer> e1Beyond =
          even1
              .lanewise(VectorOperators.AND, INFINITE_HALF)
              .compare(VectorOperators.EQ, INFINITE_HALF);
      e1 =
          e1.reinterpretAsInts()
              .lanewise(VectorOperators.OR, INFINITE, e1Beyond)
              .reinterpretAsFloats();
      FloatVector o1 =
          odd1.lanewise(VectorOperators.ASHR, 3)
              .lanewise(VectorOperators.AND, FIELDS)
              .reinterpretAsFloats()
              .mul(SCALE);
      VectorMask<Integer> o1Beyond =
          odd1.lanewise(VectorOperators.AND, INFINITE_HALF)
              .compare(VectorOperators.EQ, INFINITE_HALF);
      o1 =
          o1.reinterpretAsInts()
              .lanewise(VectorOperators.OR, INFINITE, o1Beyond)
              .reinterpretAsFloats();
      s1 = odd.fma(o1, even.fma(e1, s1));
    }
    s0.intoMemorySegment(ALL, sums, ORDER);
    s1.intoMemorySegment(ALL, sums + BYTES, ORDER);
  }

  /// Adds four inputs of a weight [in, out] to outputs in groups.
  ///
  /// @param x four inputs
  /// @param stride bytes from input to input of the weight
  /// @param bytes of the outputs as halves, a multiple of a group's
  /// @param y outputs in groups
  static void fourInputs(WeightType type, long x, long w, long stride, long bytes, long y) {
    if (type == WeightType.BFLOAT16) {
      fourInputsBfloat16(x, w, stride, bytes, y);
    } else {
      twoInputsFloat16(x, w, stride, bytes, y);
      twoInputsFloat16(x + 8, w + 2 * stride, stride, bytes, y);
    }
  }

  private static void fourInputsBfloat16(long x, long w, long stride, long bytes, long y) {
    FloatVector x0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x));
    FloatVector x1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 4));
    FloatVector x2 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 8));
    FloatVector x3 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 12));
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector even = FloatVector.fromMemorySegment(FLOATS, ALL, y + 2 * i, ORDER);
      FloatVector odd = FloatVector.fromMemorySegment(FLOATS, ALL, y + 2 * i + BYTES, ORDER);
      IntVector w0 = IntVector.fromMemorySegment(INTS, ALL, w + i, ORDER);
      even = x0.fma(w0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), even);
      odd = x0.fma(w0.lanewise(VectorOperators.AND, UPPER).reinterpretAsFloats(), odd);
      IntVector w1 = IntVector.fromMemorySegment(INTS, ALL, w + stride + i, ORDER);
      even = x1.fma(w1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), even);
      odd = x1.fma(w1.lanewise(VectorOperators.AND, UPPER).reinterpretAsFloats(), odd);
      IntVector w2 = IntVector.fromMemorySegment(INTS, ALL, w + 2 * stride + i, ORDER);
      even = x2.fma(w2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), even);
      odd = x2.fma(w2.lanewise(VectorOperators.AND, UPPER).reinterpretAsFloats(), odd);
      IntVector w3 = IntVector.fromMemorySegment(INTS, ALL, w + 3 * stride + i, ORDER);
      even = x3.fma(w3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), even);
      odd = x3.fma(w3.lanewise(VectorOperators.AND, UPPER).reinterpretAsFloats(), odd);
      even.intoMemorySegment(ALL, y + 2 * i, ORDER);
      odd.intoMemorySegment(ALL, y + 2 * i + BYTES, ORDER);
    }
  }

  private static void twoInputsFloat16(long x, long w, long stride, long bytes, long y) {
    FloatVector x0 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x));
    FloatVector x1 = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, x + 4));
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector even = FloatVector.fromMemorySegment(FLOATS, ALL, y + 2 * i, ORDER);
      FloatVector odd = FloatVector.fromMemorySegment(FLOATS, ALL, y + 2 * i + BYTES, ORDER);
      IntVector odd0 = IntVector.fromMemorySegment(INTS, ALL, w + i, ORDER);
      IntVector even0 = odd0.lanewise(VectorOperators.LSHL, 16);
      FloatVector e0 =
          even0
              .lanewise(VectorOperators.ASHR, 3)
              .lanewise(VectorOperators.AND, FIELDS)
              .reinterpretAsFloats()
              .mul(SCALE);
      VectorMask<Integer> e0Beyond =
          even0
              .lanewise(VectorOperators.AND, INFINITE_HALF)
              .compare(VectorOperators.EQ, INFINITE_HALF);
      e0 =
          e0.reinterpretAsInts()
              .lanewise(VectorOperators.OR, INFINITE, e0Beyond)
              .reinterpretAsFloats();
      FloatVector o0 =
          odd0.lanewise(VectorOperators.ASHR, 3)
              .lanewise(VectorOperators.AND, FIELDS)
              .reinterpretAsFloats()
              .mul(SCALE);
      VectorMask<Integer> o0Beyond =
          odd0.lanewise(VectorOperators.AND, INFINITE_HALF)
              .compare(VectorOperators.EQ, INFINITE_HALF);
      o0 =
          o0.reinterpretAsInts()
              .lanewise(VectorOperators.OR, INFINITE, o0Beyond)
              .reinterpretAsFloats();
      even = x0.fma(e0, even);
      odd = x0.fma(o0, odd);
      IntVector odd1 = IntVector.fromMemorySegment(INTS, ALL, w + stride + i, ORDER);
      IntVector even1 = odd1.lanewise(VectorOperators.LSHL, 16);
      FloatVector e1 =
          even1
              .lanewise(VectorOperators.ASHR, 3)
              .lanewise(VectorOperators.AND, FIELDS)
              .reinterpretAsFloats()
              .mul(SCALE);
      VectorMask<Integer> e1Beyond =
          even1
              .lanewise(VectorOperators.AND, INFINITE_HALF)
              .compare(VectorOperators.EQ, INFINITE_HALF);
      e1 =
          e1.reinterpretAsInts()
              .lanewise(VectorOperators.OR, INFINITE, e1Beyond)
              .reinterpretAsFloats();
      FloatVector o1 =
          odd1.lanewise(VectorOperators.ASHR, 3)
              .lanewise(VectorOperators.AND, FIELDS)
              .reinterpretAsFloats()
              .mul(SCALE);
      VectorMask<Integer> o1Beyond =
          odd1.lanewise(VectorOperators.AND, INFINITE_HALF)
              .compare(VectorOperators.EQ, INFINITE_HALF);
      o1 =
          o1.reinterpretAsInts()
              .lanewise(VectorOperators.OR, INFINITE, o1Beyond)
              .reinterpretAsFloats();
      even = x1.fma(e1, even);
      odd = x1.fma(o1, odd);
      even.intoMemorySegment(ALL, y + 2 * i, ORDER);
      odd.intoMemorySegment(ALL, y + 2 * i + BYTES, ORDER);
    }
  }
}
