package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.COUNT;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;

import io.lexiscope.tensor.block.BlockType;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// A single row of floats times a weight whose rows are stored in blocks, read once from end to end
/// and widened in registers. What is the same for all numbers of a group, such as a minimum, meets
/// the sum of their terms, which is taken once for all outputs.
final class BlockDots {
  private static final int GROUP = 32;
  private static final int HALF_GROUP = 16;

  private BlockDots() {}

  /// Sums of every 32 terms, then of every 16.
  ///
  /// @param x floats, [in]
  /// @param to room for in floats
  static void groups(long x, int in, long to) {
    long halves = halves(to, in);
    for (int half = 0; half < in / HALF_GROUP; half++) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = 0; i < HALF_GROUP; i += COUNT) {
        sum =
            sum.add(
                FloatVector.fromMemorySegment(
                    FLOATS, ALL, x + 4L * (HALF_GROUP * half + i), ORDER));
      }
      Lanes.set(halves + 4L * half, sum.reduceLanes(VectorOperators.ADD));
    }
    for (int group = 0; group < in / GROUP; group++) {
      float first = Lanes.get(halves + 8L * group);
      Lanes.set(to + 4L * group, first + Lanes.get(halves + 8L * group + 4));
    }
  }

  private static long halves(long sums, int in) {
    return sums + 4L * (in / GROUP);
  }

  /// Some outputs.
  ///
  /// @param type one that has a [BlockKernel]
  /// @param x floats, [in]
  /// @param sums of [#groups]
  /// @param w the first output's row
  /// @param y where the outputs go
  /// @param room for [BlockScales#ROOM] floats
  static void dots(
      BlockType type, long x, long sums, int in, long w, int outputs, long y, long room) {
    BlockKernel.Dot dot = Objects.requireNonNull(BlockKernel.of(type)).dot();
    long stride = type.bytesOf(in);
    long halves = halves(sums, in);
    for (int output = 0; output < outputs; output++) {
      Lanes.set(y + 4L * output, dot.of(x, sums, halves, in, w + output * stride, room));
    }
  }
}
