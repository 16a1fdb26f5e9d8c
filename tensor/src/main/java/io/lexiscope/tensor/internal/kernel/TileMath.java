package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOAT;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// What is asked of a column of logits while it is in the cache: a column is one vector of rows, a
/// line one vocabulary entry, so that every row has a lane and no lane needs another.
final class TileMath {
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0x1.63p-1f;
  private static final float LN2_LOW = -2.1219444e-4f;

  /// Below this the exponential has no normal float.
  private static final float LOWEST_EXPONENT = -87f;

  /// Adding it leaves the rounded number in the lowest bits.
  private static final float ROUNDER = 12582912f;

  private TileMath() {}

  /// Adds biases and caps, in place.
  ///
  /// @param bias address of the biases of the lines, or 0
  /// @param cap `c` of `c·tanh(logit/c)`, or 0
  static void finish(long column, long step, int lines, long bias, float cap) {
    for (int line = 0; line < lines; line++) {
      long at = column + line * step;
      FloatVector logit = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
      if (bias != 0) {
        logit = logit.add(ALL.get(FLOAT, bias + 4L * line));
      }
      if (cap != 0) {
        logit = capped(logit, cap);
      }
      logit.intoMemorySegment(ALL, at, ORDER);
    }
  }

  /// A logit as [#finish] leaves it.
  static float finished(float logit, float bias, boolean biased, float cap) {
    float shifted = biased ? logit + bias : logit;
    return cap == 0 ? shifted : capped(FloatVector.broadcast(FLOATS, shifted), cap).lane(0);
  }

  /// `c·tanh(x/c)` with an absolute error below `2·10⁻⁷·c`.
  private static FloatVector capped(FloatVector x, float cap) {
    FloatVector scaled = x.div(cap);
    FloatVector decay = exp(scaled.abs().mul(-2f));
    FloatVector size = decay.neg().add(1f).div(decay.add(1f)).mul(cap);
    return size.blend(size.neg(), x.compare(VectorOperators.LT, 0f));
  }

  /// `eˣ` for x ≤ 0, relative error below `2·10⁻⁷`; at least e⁻⁸⁷.
  ///
  /// Polynomial of the Cephes library's `expf`.
  static FloatVector exp(FloatVector below) {
    FloatVector x =
        below.blend(LOWEST_EXPONENT, below.compare(VectorOperators.LT, LOWEST_EXPONENT));
    FloatVector shifted =
        x.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUNDER));
    FloatVector whole = shifted.sub(ROUNDER);
    FloatVector rest = whole.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), x);
    rest = whole.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), rest);
    FloatVector sum = FloatVector.broadcast(FLOATS, 1.9875691e-4f);
    sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 1.3981999e-3f));
    sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 8.333452e-3f));
    sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 4.1665796e-2f));
    sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 0.16666666f));
    sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 5e-1f));
    sum = sum.fma(rest.mul(rest), rest).add(1f);
    IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    return sum.reinterpretAsInts().add(exponent).reinterpretAsFloats();
  }

  /// Largest number of each row; NaN does not count.
  static void max(long column, long step, int lines, float[] max) {
    FloatVector most = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int line = 0; line < lines; line++) {
      FloatVector logit = FloatVector.fromMemorySegment(FLOATS, ALL, column + line * step, ORDER);
      most = most.blend(logit, logit.compare(VectorOperators.GT, most));
    }
    most.intoArray(max, 0);
  }

  /// Σ e^(l−m) and Σ (l−m)·e^(l−m) of each row.
  ///
  /// @param max m
  static void mass(long column, long step, int lines, float[] max, float[] mass, float[] moment) {
    FloatVector most = FloatVector.fromArray(FLOATS, max, 0);
    FloatVector sum = FloatVector.zero(FLOATS);
    FloatVector weighted = FloatVector.zero(FLOATS);
    for (int line = 0; line < lines; line++) {
      FloatVector below =
          FloatVector.fromMemorySegment(FLOATS, ALL, column + line * step, ORDER).sub(most);
      FloatVector weight = exp(below);
      sum = sum.add(weight);
      FloatVector bounded =
          below.blend(LOWEST_EXPONENT, below.compare(VectorOperators.LT, LOWEST_EXPONENT));
      weighted = bounded.fma(weight, weighted);
    }
    sum.intoArray(mass, 0);
    weighted.intoArray(moment, 0);
  }

  /// Adds to each row's count the logits ahead of a target: greater ones, and equal ones of a lower
  /// id.
  ///
  /// @param before number of lines whose id is below the target's
  static void ahead(
      long column, long step, int lines, int before, float[] target, int[] counts, int offset) {
    FloatVector own = FloatVector.fromArray(FLOATS, target, offset);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    // Counted in floats, exact for the lines of a tile: a mask of floats would have to be cast.
    FloatVector count = FloatVector.zero(FLOATS);
    for (int line = 0; line < before; line++) {
      VectorMask<Float> ahead =
          FloatVector.fromMemorySegment(FLOATS, ALL, column + line * step, ORDER)
              .compare(VectorOperators.GE, own);
      count = count.add(one, ahead);
    }
    for (int line = before; line < lines; line++) {
      VectorMask<Float> ahead =
          FloatVector.fromMemorySegment(FLOATS, ALL, column + line * step, ORDER)
              .compare(VectorOperators.GT, own);
      count = count.add(one, ahead);
    }
    IntVector.fromArray(INTS, counts, offset)
        .add(count.convertShape(VectorOperators.F2I, INTS, 0))
        .intoArray(counts, offset);
  }

  /// The first line at or after `from` in which a row's logit is beyond its threshold.
  ///
  /// @param thresholds NaN where every number counts
  /// @return the line, or `lines`
  static int nextAbove(
      long column, long step, int from, int lines, float[] thresholds, int offset) {
    FloatVector threshold = FloatVector.fromArray(FLOATS, thresholds, offset);
    for (int line = from; line < lines; line++) {
      FloatVector logit = FloatVector.fromMemorySegment(FLOATS, ALL, column + line * step, ORDER);
      if (!logit.compare(VectorOperators.LE, threshold).allTrue()) {
        return line;
      }
    }
    return lines;
  }

  /// As [#nextAbove], for logits below.
  static int nextBelow(
      long column, long step, int from, int lines, float[] thresholds, int offset) {
    FloatVector threshold = FloatVector.fromArray(FLOATS, thresholds, offset);
    for (int line = from; line < lines; line++) {
      FloatVector logit = FloatVector.fromMemorySegment(FLOATS, ALL, column + line * step, ORDER);
      if (!logit.compare(VectorOperators.GE, threshold).allTrue()) {
        return line;
      }
    }
    return lines;
  }
}
