package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;

import io.lexiscope.tensor.block.BlockType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Blocks to floats, for products of several rows: in vectors where there is a loop for the type,
/// else number by number. Exact either way, in the reference's roundings.
final class BlockWidening {
  /// Numbers that are widened together where there is no loop.
  private static final int CHUNK = 4096;

  private BlockWidening() {}

  /// @param from the first block
  /// @param count numbers, in whole blocks
  /// @param to floats
  static void widen(BlockType type, long from, long count, long to, Scratch scratch) {
    BlockKernel kernel = BlockKernel.of(type);
    if (kernel == null) {
      slowly(type, from, count, to);
    } else {
      long room = scratch.floats(Scratch.Area.SCALES, BlockScales.ROOM);
      kernel.widening().run(from, Math.toIntExact(count / type.elements()), to, room);
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
}
