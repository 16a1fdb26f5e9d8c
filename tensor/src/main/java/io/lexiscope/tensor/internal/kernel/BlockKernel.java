package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.COUNT;

import io.lexiscope.tensor.block.BlockType;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The loops of a type of block.
///
/// They are called through an interface: the compiler gives up inlining where a method has grown
/// too large, and one that holds the loops of ten types is so large that the vectors of the last
/// are boxed. What is not inlined is compiled by itself.
///
/// @param dot of a row with a row of blocks
/// @param widening of blocks to floats
record BlockKernel(Dot dot, Widen widening) {
  private static final Map<BlockType, BlockKernel> ALL = all();

  /// A row of floats times a row of blocks.
  interface Dot {
    /// @param x floats, [in]
    /// @param sums of every 32 terms
    /// @param halves of every 16 terms
    /// @param row of blocks
    float of(long x, long sums, long halves, int in, long row);
  }

  /// Blocks to floats.
  interface Widen {
    /// @param from the first block
    /// @param to floats
    void run(long from, int blocks, long to);
  }

  /// The loops, or null where there are none on this machine: it takes vectors of 8 or 16 floats.
  static @Nullable BlockKernel of(BlockType type) {
    return COUNT == 8 || COUNT == 16 ? ALL.get(type) : null;
  }

  private static Map<BlockType, BlockKernel> all() {
    var all = new EnumMap<BlockType, BlockKernel>(BlockType.class);
    for (BlockType type : BlockType.values()) {
      BlockKernel kernel = described(type);
      if (kernel != null) {
        all.put(type, kernel);
      }
    }
    return all;
  }

  private static @Nullable BlockKernel described(BlockType type) {
    return switch (type) {
      case Q4_0 -> new BlockKernel(BlockStreams::q4Plain, BlockLoops::q4Plain);
      case Q4_1 -> new BlockKernel(BlockStreams::q4Offset, BlockLoops::q4Offset);
      case Q5_0 -> new BlockKernel(BlockStreams::q5Plain, BlockLoops::q5Plain);
      case Q5_1 -> new BlockKernel(BlockStreams::q5Offset, BlockLoops::q5Offset);
      case Q8_0 -> new BlockKernel(BlockStreams::q8Plain, BlockLoops::q8Plain);
      case Q2_K -> new BlockKernel(BlockStreams::q2Super, BlockLoops::q2Super);
      case Q3_K -> new BlockKernel(BlockStreams::q3Super, BlockLoops::q3Super);
      case Q4_K -> new BlockKernel(BlockStreams::q4Super, BlockLoops::q4Super);
      case Q5_K -> new BlockKernel(BlockStreams::q5Super, BlockLoops::q5Super);
      case Q6_K -> new BlockKernel(BlockStreams::q6Super, BlockLoops::q6Super);
      case IQ4_NL -> new BlockKernel(BlockStreams::iq4Plain, BlockLoops::iq4Plain);
      case IQ4_XS -> new BlockKernel(BlockStreams::iq4Super, BlockLoops::iq4Super);
      case MXFP4 -> new BlockKernel(BlockStreams::mxfp4, BlockLoops::mxfp4);
      default -> null;
    };
  }
}
