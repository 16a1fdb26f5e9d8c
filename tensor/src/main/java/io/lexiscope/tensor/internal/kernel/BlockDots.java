package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.COUNT;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;

import io.lexiscope.tensor.block.BlockType;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// A single row of floats times a weight whose rows are stored in blocks, read once from end to end
/// and widened in registers: the small integers of a block meet their terms first, their sum meets
/// the block's scale. Minima meet the sums of the row's terms, block by block, which are taken
/// once.
///
/// The loops are spelled out type by type: see [Lanes].
final class BlockDots {
  /// Terms of a sum of terms.
  static final int GROUP = 32;

  static final VectorSpecies<Byte> BYTES =
      COUNT >= 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;
  static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

  private BlockDots() {}

  /// Whether there is a loop for a type on this machine: vectors of 8 or 16 floats.
  static boolean knows(BlockType type) {
    return (COUNT == 8 || COUNT == 16)
        && switch (type) {
          case Q4_0, Q4_1, Q8_0, Q4_K, Q6_K -> true;
          default -> false;
        };
  }

  /// Sums of every [#GROUP] terms.
  ///
  /// @param x floats, [in]
  /// @param to room for in/[#GROUP] floats
  static void groups(long x, int in, long to) {
    for (int group = 0; group < in / GROUP; group++) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = 0; i < GROUP; i += COUNT) {
        sum =
            sum.add(
                FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * (GROUP * group + i), ORDER));
      }
      Lanes.set(to + 4L * group, sum.reduceLanes(VectorOperators.ADD));
    }
  }

  /// Some outputs.
  ///
  /// @param x floats, [in]
  /// @param sums of [#groups]
  /// @param w the first output's row
  /// @param y where the outputs go
  static void dots(BlockType type, long x, long sums, int in, long w, int outputs, long y) {
    long stride = type.bytesOf(in);
    for (int output = 0; output < outputs; output++) {
      long row = w + output * stride;
      float sum =
          switch (type) {
            case Q4_0 -> q4Plain(x, sums, in, row);
            case Q4_1 -> q4Offset(x, sums, in, row);
            case Q8_0 -> q8(x, in, row);
            case Q4_K -> q4Super(x, sums, in, row);
            case Q6_K -> q6Super(x, in, row);
            default -> throw new IllegalArgumentException("dots: no loop for " + type);
          };
      Lanes.set(y + 4L * output, sum);
    }
  }

  static float half(long at) {
    return Float.float16ToFloat(ALL.get(SHORT, at));
  }

  private static float q4Plain(long x, long sums, int in, long w) {
    FloatVector all = FloatVector.zero(FLOATS);
    float offset = 0;
    long at = w;
    for (int block = 0; block < in / 32; block++, at += 18) {
      FloatVector sum = FloatVector.zero(FLOATS);
      long terms = x + 128L * block;
      for (int i = 0; i < 16; i += COUNT) {
        IntVector q =
            (IntVector)
                ByteVector.fromMemorySegment(BYTES, ALL, at + 2 + i, ORDER)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
        FloatVector low = (FloatVector) q.and(15).convert(VectorOperators.I2F, 0);
        FloatVector high =
            (FloatVector) q.lanewise(VectorOperators.LSHR, 4).convert(VectorOperators.I2F, 0);
        sum = low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, terms + 4L * i, ORDER), sum);
        sum =
            high.fma(FloatVector.fromMemorySegment(FLOATS, ALL, terms + 4L * (i + 16), ORDER), sum);
      }
      float scale = half(at);
      all = sum.fma(FloatVector.broadcast(FLOATS, scale), all);
      offset += -8 * scale * Lanes.get(sums + 4L * block);
    }
    return all.reduceLanes(VectorOperators.ADD) + offset;
  }

  private static float q4Offset(long x, long sums, int in, long w) {
    FloatVector all = FloatVector.zero(FLOATS);
    float offset = 0;
    long at = w;
    for (int block = 0; block < in / 32; block++, at += 20) {
      FloatVector sum = FloatVector.zero(FLOATS);
      long terms = x + 128L * block;
      for (int i = 0; i < 16; i += COUNT) {
        IntVector q =
            (IntVector)
                ByteVector.fromMemorySegment(BYTES, ALL, at + 4 + i, ORDER)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
        FloatVector low = (FloatVector) q.and(15).convert(VectorOperators.I2F, 0);
        FloatVector high =
            (FloatVector) q.lanewise(VectorOperators.LSHR, 4).convert(VectorOperators.I2F, 0);
        sum = low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, terms + 4L * i, ORDER), sum);
        sum =
            high.fma(FloatVector.fromMemorySegment(FLOATS, ALL, terms + 4L * (i + 16), ORDER), sum);
      }
      all = sum.fma(FloatVector.broadcast(FLOATS, half(at)), all);
      offset += half(at + 2) * Lanes.get(sums + 4L * block);
    }
    return all.reduceLanes(VectorOperators.ADD) + offset;
  }

  private static float q8(long x, int in, long w) {
    FloatVector all = FloatVector.zero(FLOATS);
    long at = w;
    for (int block = 0; block < in / 32; block++, at += 34) {
      FloatVector sum = FloatVector.zero(FLOATS);
      long terms = x + 128L * block;
      for (int i = 0; i < 32; i += COUNT) {
        FloatVector q =
            (FloatVector)
                ByteVector.fromMemorySegment(BYTES, ALL, at + 2 + i, ORDER)
                    .convertShape(VectorOperators.B2I, INTS, 0)
                    .convert(VectorOperators.I2F, 0);
        sum = q.fma(FloatVector.fromMemorySegment(FLOATS, ALL, terms + 4L * i, ORDER), sum);
      }
      all = sum.fma(FloatVector.broadcast(FLOATS, half(at)), all);
    }
    return all.reduceLanes(VectorOperators.ADD);
  }

  /// The scale of 6 bits of one of 8 groups.
  static int scale(long scales, int group) {
    return group < 4
        ? ALL.get(BYTE, scales + group) & 63
        : (ALL.get(BYTE, scales + 4 + group) & 15)
            | (ALL.get(BYTE, scales + group - 4) >> 2 & 0x30);
  }

  /// The minimum of 6 bits of one of 8 groups.
  static int least(long scales, int group) {
    return group < 4
        ? ALL.get(BYTE, scales + 4 + group) & 63
        : (ALL.get(BYTE, scales + 4 + group) >> 4 & 15)
            | (ALL.get(BYTE, scales + group) >> 2 & 0x30);
  }

  private static float q4Super(long x, long sums, int in, long w) {
    FloatVector all = FloatVector.zero(FLOATS);
    float offset = 0;
    long at = w;
    for (int block = 0; block < in / 256; block++, at += 144) {
      float scale = half(at);
      float least = half(at + 2);
      for (int pair = 0; pair < 4; pair++) {
        FloatVector first = FloatVector.zero(FLOATS);
        FloatVector second = FloatVector.zero(FLOATS);
        long terms = x + 1024L * block + 256L * pair;
        long bytes = at + 16 + 32L * pair;
        for (int i = 0; i < 32; i += COUNT) {
          IntVector q =
              (IntVector)
                  ByteVector.fromMemorySegment(BYTES, ALL, bytes + i, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
          FloatVector low = (FloatVector) q.and(15).convert(VectorOperators.I2F, 0);
          FloatVector high =
              (FloatVector) q.lanewise(VectorOperators.LSHR, 4).convert(VectorOperators.I2F, 0);
          first = low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, terms + 4L * i, ORDER), first);
          second =
              high.fma(
                  FloatVector.fromMemorySegment(FLOATS, ALL, terms + 4L * (i + 32), ORDER), second);
        }
        int group = 2 * pair;
        all = first.fma(FloatVector.broadcast(FLOATS, scale * scale(at + 4, group)), all);
        all = second.fma(FloatVector.broadcast(FLOATS, scale * scale(at + 4, group + 1)), all);
        long sum = sums + 4L * (8 * block + group);
        offset -= least * least(at + 4, group) * Lanes.get(sum);
        offset -= least * least(at + 4, group + 1) * Lanes.get(sum + 4);
      }
    }
    return all.reduceLanes(VectorOperators.ADD) + offset;
  }

  private static float q6Super(long x, int in, long w) {
    FloatVector all = FloatVector.zero(FLOATS);
    long at = w;
    for (int block = 0; block < in / 256; block++, at += 210) {
      float scale = half(at + 208);
      for (int part = 0; part < 4; part++) {
        // 16 of the bytes with lower bits, twice, meet 16 of those with upper bits.
        int half = part / 2;
        int side = part % 2;
        long lower = at + 64L * half + 16L * side;
        long upper = at + 128 + 32L * half + 16L * side;
        long terms = x + 1024L * block + 512L * half + 64L * side;
        long scales = at + 192 + 8L * half + side;
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = FloatVector.zero(FLOATS);
        FloatVector s2 = FloatVector.zero(FLOATS);
        FloatVector s3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < 16; i += COUNT) {
          IntVector a =
              (IntVector)
                  ByteVector.fromMemorySegment(BYTES, ALL, lower + i, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
          IntVector b =
              (IntVector)
                  ByteVector.fromMemorySegment(BYTES, ALL, lower + 32 + i, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
          IntVector h =
              (IntVector)
                  ByteVector.fromMemorySegment(BYTES, ALL, upper + i, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
          IntVector q0 = a.and(15).or(h.and(3).lanewise(VectorOperators.LSHL, 4)).sub(32);
          IntVector q1 = b.and(15).or(h.and(12).lanewise(VectorOperators.LSHL, 2)).sub(32);
          IntVector q2 = a.lanewise(VectorOperators.LSHR, 4).or(h.and(48)).sub(32);
          IntVector q3 =
              b.lanewise(VectorOperators.LSHR, 4)
                  .or(h.and(192).lanewise(VectorOperators.LSHR, 2))
                  .sub(32);
          long t = terms + 4L * i;
          s0 =
              ((FloatVector) q0.convert(VectorOperators.I2F, 0))
                  .fma(FloatVector.fromMemorySegment(FLOATS, ALL, t, ORDER), s0);
          s1 =
              ((FloatVector) q1.convert(VectorOperators.I2F, 0))
                  .fma(FloatVector.fromMemorySegment(FLOATS, ALL, t + 128, ORDER), s1);
          s2 =
              ((FloatVector) q2.convert(VectorOperators.I2F, 0))
                  .fma(FloatVector.fromMemorySegment(FLOATS, ALL, t + 256, ORDER), s2);
          s3 =
              ((FloatVector) q3.convert(VectorOperators.I2F, 0))
                  .fma(FloatVector.fromMemorySegment(FLOATS, ALL, t + 384, ORDER), s3);
        }
        all = s0.fma(FloatVector.broadcast(FLOATS, scale * ALL.get(BYTE, scales)), all);
        all = s1.fma(FloatVector.broadcast(FLOATS, scale * ALL.get(BYTE, scales + 2)), all);
        all = s2.fma(FloatVector.broadcast(FLOATS, scale * ALL.get(BYTE, scales + 4)), all);
        all = s3.fma(FloatVector.broadcast(FLOATS, scale * ALL.get(BYTE, scales + 6)), all);
      }
    }
    return all.reduceLanes(VectorOperators.ADD);
  }
}
