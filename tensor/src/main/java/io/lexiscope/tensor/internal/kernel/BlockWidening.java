package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.BlockDots.BYTES;
import static io.lexiscope.tensor.internal.kernel.BlockDots.INTS;
import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.COUNT;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;

import io.lexiscope.tensor.block.BlockType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Blocks to floats, for products of several rows: in vectors where there is a loop for the type,
/// else number by number. Exact either way, in the reference's roundings.
final class BlockWidening {
  /// Numbers that are widened together where there is no loop.
  private static final int CHUNK = 4096;

  private BlockWidening() {}

  /// @param from the first block
  /// @param count numbers, in whole blocks
  /// @param to floats
  static void widen(BlockType type, long from, long count, long to) {
    if (!BlockDots.knows(type)) {
      slowly(type, from, count, to);
      return;
    }
    int blocks = Math.toIntExact(count / type.elements());
    switch (type) {
      case Q4_0 -> q4Plain(from, blocks, to);
      case Q4_1 -> q4Offset(from, blocks, to);
      case Q8_0 -> q8(from, blocks, to);
      case Q4_K -> q4Super(from, blocks, to);
      case Q6_K -> slowly(type, from, count, to);
      default -> throw new IllegalArgumentException("widen: no loop for " + type);
    }
  }

  private static void slowly(BlockType type, long from, long count, long to) {
    int together = Math.max(1, CHUNK / type.elements());
    byte[] bytes = new byte[together * type.bytes()];
    float[] floats = new float[together * type.elements()];
    long blocks = count / type.elements();
    for (long block = 0; block < blocks; block += together) {
      int some = (int) Math.min(together, blocks - block);
      MemorySegment.copy(
          ALL, ValueLayout.JAVA_BYTE, from + block * type.bytes(), bytes, 0, some * type.bytes());
      type.widen(bytes, 0, some, floats, 0);
      MemorySegment.copy(
          floats,
          0,
          ALL,
          ValueLayout.JAVA_FLOAT_UNALIGNED,
          to + 4 * block * type.elements(),
          some * type.elements());
    }
  }

  private static void q4Plain(long from, int blocks, long to) {
    long at = from;
    for (int block = 0; block < blocks; block++, at += 18) {
      float scale = BlockDots.half(at);
      long target = to + 128L * block;
      for (int i = 0; i < 16; i += COUNT) {
        IntVector q =
            (IntVector)
                ByteVector.fromMemorySegment(BYTES, ALL, at + 2 + i, ORDER)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
        ((FloatVector) q.and(15).sub(8).convert(VectorOperators.I2F, 0))
            .mul(scale)
            .intoMemorySegment(ALL, target + 4L * i, ORDER);
        ((FloatVector) q.lanewise(VectorOperators.LSHR, 4).sub(8).convert(VectorOperators.I2F, 0))
            .mul(scale)
            .intoMemorySegment(ALL, target + 4L * (i + 16), ORDER);
      }
    }
  }

  private static void q4Offset(long from, int blocks, long to) {
    long at = from;
    for (int block = 0; block < blocks; block++, at += 20) {
      FloatVector scale = FloatVector.broadcast(FLOATS, BlockDots.half(at));
      FloatVector least = FloatVector.broadcast(FLOATS, BlockDots.half(at + 2));
      long target = to + 128L * block;
      for (int i = 0; i < 16; i += COUNT) {
        IntVector q =
            (IntVector)
                ByteVector.fromMemorySegment(BYTES, ALL, at + 4 + i, ORDER)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
        ((FloatVector) q.and(15).convert(VectorOperators.I2F, 0))
            .mul(scale)
            .add(least)
            .intoMemorySegment(ALL, target + 4L * i, ORDER);
        ((FloatVector) q.lanewise(VectorOperators.LSHR, 4).convert(VectorOperators.I2F, 0))
            .mul(scale)
            .add(least)
            .intoMemorySegment(ALL, target + 4L * (i + 16), ORDER);
      }
    }
  }

  private static void q8(long from, int blocks, long to) {
    long at = from;
    for (int block = 0; block < blocks; block++, at += 34) {
      float scale = BlockDots.half(at);
      long target = to + 128L * block;
      for (int i = 0; i < 32; i += COUNT) {
        ((FloatVector)
                ByteVector.fromMemorySegment(BYTES, ALL, at + 2 + i, ORDER)
                    .convertShape(VectorOperators.B2I, INTS, 0)
                    .convert(VectorOperators.I2F, 0))
            .mul(scale)
            .intoMemorySegment(ALL, target + 4L * i, ORDER);
      }
    }
  }

  private static void q4Super(long from, int blocks, long to) {
    long at = from;
    for (int block = 0; block < blocks; block++, at += 144) {
      float scale = BlockDots.half(at);
      float least = BlockDots.half(at + 2);
      for (int pair = 0; pair < 4; pair++) {
        float d0 = scale * BlockDots.scale(at + 4, 2 * pair);
        float d1 = scale * BlockDots.scale(at + 4, 2 * pair + 1);
        float m0 = least * BlockDots.least(at + 4, 2 * pair);
        float m1 = least * BlockDots.least(at + 4, 2 * pair + 1);
        long target = to + 1024L * block + 256L * pair;
        for (int i = 0; i < 32; i += COUNT) {
          IntVector q =
              (IntVector)
                  ByteVector.fromMemorySegment(BYTES, ALL, at + 16 + 32L * pair + i, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
          ((FloatVector) q.and(15).convert(VectorOperators.I2F, 0))
              .mul(d0)
              .sub(m0)
              .intoMemorySegment(ALL, target + 4L * i, ORDER);
          ((FloatVector) q.lanewise(VectorOperators.LSHR, 4).convert(VectorOperators.I2F, 0))
              .mul(d1)
              .sub(m1)
              .intoMemorySegment(ALL, target + 4L * (i + 32), ORDER);
        }
      }
    }
  }
}
