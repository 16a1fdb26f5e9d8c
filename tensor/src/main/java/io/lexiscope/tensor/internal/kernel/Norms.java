package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.BYTES;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Norms of rows, each row read from memory once. Lengths of rows are multiples of a vector's
/// lanes.
final class Norms {
  private Norms() {}

  /// `(x − mean) / √(var + ε) · gain + shift`.
  ///
  /// @param x one row of floats
  /// @param gain floats, or 0 for ones
  /// @param shift floats, or 0 for zeros
  static void layer(long x, int count, long gain, long shift, double epsilon, long y) {
    long bytes = 4L * count;
    FloatVector sum = FloatVector.zero(FLOATS);
    for (long i = 0; i < bytes; i += BYTES) {
      sum = sum.add(FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER));
    }
    float mean = sum.reduceLanes(VectorOperators.ADD) / count;
    FloatVector squares = FloatVector.zero(FLOATS);
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector centred = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER).sub(mean);
      squares = centred.fma(centred, squares);
    }
    double variance = squares.reduceLanes(VectorOperators.ADD) / (double) count;
    float inverse = (float) (1 / Math.sqrt(variance + epsilon));
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector normed =
          FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER).sub(mean).mul(inverse);
      scaled(normed, gain, shift, i).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /// `x / √(mean x² + ε) · gain`.
  ///
  /// @param x one row of floats
  /// @param gain floats, or 0 for ones
  static void rootMeanSquare(long x, int count, long gain, double epsilon, long y) {
    long bytes = 4L * count;
    FloatVector squares = FloatVector.zero(FLOATS);
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector number = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      squares = number.fma(number, squares);
    }
    double mean = squares.reduceLanes(VectorOperators.ADD) / (double) count;
    float inverse = (float) (1 / Math.sqrt(mean + epsilon));
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector normed = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER).mul(inverse);
      scaled(normed, gain, /* shift= */ 0, i).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  private static FloatVector scaled(FloatVector normed, long gain, long shift, long i) {
    FloatVector result = normed;
    if (gain != 0) {
      result = result.mul(FloatVector.fromMemorySegment(FLOATS, ALL, gain + i, ORDER));
    }
    if (shift != 0) {
      result = result.add(FloatVector.fromMemorySegment(FLOATS, ALL, shift + i, ORDER));
    }
    return result;
  }
}
