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
    /// @param room for [BlockScales#ROOM] floats
    float of(long x, long sums, long halves, int in, long row, long room);
  }

  /// Blocks to floats.
  interface Widen {
    /// @param from the first block
    /// @param to floats
    /// @param room for [BlockScales#ROOM] floats
    void run(long from, int blocks, long to, long room);
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
      case Q4_0 ->
          of(
              BlockStreams::q4Plain16,
              BlockLoops::q4Plain16,
              BlockStreams::q4Plain8,
              BlockLoops::q4Plain8);
      case Q4_1 ->
          of(
              BlockStreams::q4Offset16,
              BlockLoops::q4Offset16,
              BlockStreams::q4Offset8,
              BlockLoops::q4Offset8);
      case Q5_0 ->
          of(
              BlockStreams::q5Plain16,
              BlockLoops::q5Plain16,
              BlockStreams::q5Plain8,
              BlockLoops::q5Plain8);
      case Q5_1 ->
          of(
              BlockStreams::q5Offset16,
              BlockLoops::q5Offset16,
              BlockStreams::q5Offset8,
              BlockLoops::q5Offset8);
      case Q8_0 ->
          of(
              BlockStreams::q8Plain16,
              BlockLoops::q8Plain16,
              BlockStreams::q8Plain8,
              BlockLoops::q8Plain8);
      case Q2_K ->
          of(
              BlockStreams::q2Super16,
              BlockLoops::q2Super16,
              BlockStreams::q2Super8,
              BlockLoops::q2Super8);
      case Q3_K ->
          of(
              BlockStreams::q3Super16,
              BlockLoops::q3Super16,
              BlockStreams::q3Super8,
              BlockLoops::q3Super8);
      case Q4_K ->
          of(
              BlockStreams::q4Super16,
              BlockLoops::q4Super16,
              BlockStreams::q4Super8,
              BlockLoops::q4Super8);
      case Q5_K ->
          of(
              BlockStreams::q5Super16,
              BlockLoops::q5Super16,
              BlockStreams::q5Super8,
              BlockLoops::q5Super8);
      case Q6_K ->
          of(
              BlockStreams::q6Super16,
              BlockLoops::q6Super16,
              BlockStreams::q6Super8,
              BlockLoops::q6Super8);
      case IQ4_NL ->
          of(
              BlockStreams::iq4Plain16,
              BlockLoops::iq4Plain16,
              BlockStreams::iq4Plain8,
              BlockLoops::iq4Plain8);
      case IQ4_XS ->
          of(
              BlockStreams::iq4Super16,
              BlockLoops::iq4Super16,
              BlockStreams::iq4Super8,
              BlockLoops::iq4Super8);
      case MXFP4 ->
          of(BlockStreams::mxfp416, BlockLoops::mxfp416, BlockStreams::mxfp48, BlockLoops::mxfp48);
      default -> null;
    };
  }

  /// The loops for the lanes of this machine.
  private static BlockKernel of(Dot dot16, Widen widening16, Dot dot8, Widen widening8) {
    return COUNT == 16 ? new BlockKernel(dot16, widening16) : new BlockKernel(dot8, widening8);
  }
}
