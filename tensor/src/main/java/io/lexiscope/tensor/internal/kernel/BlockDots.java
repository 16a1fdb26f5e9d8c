package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.COUNT;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;

import io.lexiscope.tensor.block.BlockType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// A single row of floats times a weight whose rows are stored in blocks, read once from end to end
/// and widened in registers. What is the same for all numbers of a group, such as a minimum, meets
/// the sum of their terms, which is taken once for all outputs.
final class BlockDots {
  private static final int GROUP = 32;
  private static final int HALF_GROUP = 16;

  private BlockDots() {}

  /// Whether there is a loop for a type on this machine: vectors of 8 or 16 floats.
  static boolean knows(BlockType type) {
    return (COUNT == 8 || COUNT == 16)
        && switch (type) {
          case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS, MXFP4 ->
              true;
          default -> false;
        };
  }

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
  /// @param x floats, [in]
  /// @param sums of [#groups]
  /// @param w the first output's row
  /// @param y where the outputs go
  static void dots(BlockType type, long x, long sums, int in, long w, int outputs, long y) {
    long stride = type.bytesOf(in);
    long halves = halves(sums, in);
    for (int output = 0; output < outputs; output++) {
      long row = w + output * stride;
      float sum =
          switch (type) {
            case Q4_0 -> BlockStreams.q4Plain(x, sums, halves, in, row);
            case Q4_1 -> BlockStreams.q4Offset(x, sums, halves, in, row);
            case Q5_0 -> BlockStreams.q5Plain(x, sums, halves, in, row);
            case Q5_1 -> BlockStreams.q5Offset(x, sums, halves, in, row);
            case Q8_0 -> BlockStreams.q8Plain(x, sums, halves, in, row);
            case Q2_K -> BlockStreams.q2Super(x, sums, halves, in, row);
            case Q3_K -> BlockStreams.q3Super(x, sums, halves, in, row);
            case Q4_K -> BlockStreams.q4Super(x, sums, halves, in, row);
            case Q5_K -> BlockStreams.q5Super(x, sums, halves, in, row);
            case Q6_K -> BlockStreams.q6Super(x, sums, halves, in, row);
            case IQ4_NL -> BlockStreams.iq4Plain(x, sums, halves, in, row);
            case IQ4_XS -> BlockStreams.iq4Super(x, sums, halves, in, row);
            case MXFP4 -> BlockStreams.mxfp4(x, sums, halves, in, row);
            default -> throw new IllegalArgumentException("dots: no loop for " + type);
          };
      Lanes.set(y + 4L * output, sum);
    }
  }
}
