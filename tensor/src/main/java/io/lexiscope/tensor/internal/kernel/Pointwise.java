package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;

import io.lexiscope.tensor.option.NonLinearity;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// What is done to every element by itself. Relative error of the logistic function below `4·10⁻⁷`.
final class Pointwise {
  /// 2·√(2/π).
  private static final float GELU_SCALE = 1.5957692f;

  private static final float GELU_CUBE = 0.044715f;
  private static final float QUICK_SCALE = 1.702f;

  /// Numbers whose sum is taken in float.
  private static final int BLOCK = 1024;

  private Pointwise() {}

  /// Applies a non-linearity.
  ///
  /// @param from floats
  /// @param to where the results go; may be `from`
  static void apply(NonLinearity f, long from, long count, long to) {
    long whole = count - count % Lanes.COUNT;
    switch (f) {
      case GELU_TANH -> gelu(from, whole, to);
      case QUICK_GELU -> logistic(QUICK_SCALE, from, whole, to);
      case SILU -> logistic(1f, from, whole, to);
      case RELU -> relu(from, whole, to);
    }
    if (whole < count) {
      VectorMask<Float> left = FLOATS.indexInRange(0, count - whole);
      FloatVector x = FloatVector.fromMemorySegment(FLOATS, ALL, from + 4 * whole, ORDER, left);
      FloatVector y =
          switch (f) {
            case GELU_TANH -> gelu(x);
            case QUICK_GELU -> logistic(x, QUICK_SCALE);
            case SILU -> logistic(x, 1f);
            case RELU -> x.blend(0f, x.compare(VectorOperators.LT, 0f));
          };
      y.intoMemorySegment(ALL, to + 4 * whole, ORDER, left);
    }
  }

  private static void gelu(long from, long count, long to) {
    for (long i = 0; i < 4 * count; i += Lanes.BYTES) {
      gelu(FloatVector.fromMemorySegment(FLOATS, ALL, from + i, ORDER))
          .intoMemorySegment(ALL, to + i, ORDER);
    }
  }

  private static void logistic(float scale, long from, long count, long to) {
    for (long i = 0; i < 4 * count; i += Lanes.BYTES) {
      logistic(FloatVector.fromMemorySegment(FLOATS, ALL, from + i, ORDER), scale)
          .intoMemorySegment(ALL, to + i, ORDER);
    }
  }

  private static void relu(long from, long count, long to) {
    for (long i = 0; i < 4 * count; i += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOATS, ALL, from + i, ORDER);
      x.blend(0f, x.compare(VectorOperators.LT, 0f)).intoMemorySegment(ALL, to + i, ORDER);
    }
  }

  private static FloatVector gelu(FloatVector x) {
    FloatVector cubed = x.mul(x).mul(x).mul(GELU_CUBE).add(x);
    return x.mul(sigma(cubed.mul(GELU_SCALE)));
  }

  private static FloatVector logistic(FloatVector x, float scale) {
    return x.mul(sigma(x.mul(scale)));
  }

  /// 1 / (1 + e^−v), from the exponential of −|v| so that nothing overflows or cancels.
  private static FloatVector sigma(FloatVector v) {
    FloatVector decay = TileMath.exp(v.abs().neg());
    FloatVector upper = FloatVector.broadcast(FLOATS, 1f);
    return upper.blend(decay, v.compare(VectorOperators.LT, 0f)).div(decay.add(1f));
  }

  /// Adds numbers in place.
  static void add(long what, long count, long to) {
    long whole = count - count % Lanes.COUNT;
    for (long i = 0; i < 4 * whole; i += Lanes.BYTES) {
      FloatVector.fromMemorySegment(FLOATS, ALL, what + i, ORDER)
          .add(FloatVector.fromMemorySegment(FLOATS, ALL, to + i, ORDER))
          .intoMemorySegment(ALL, to + i, ORDER);
    }
    for (long i = whole; i < count; i++) {
      Lanes.set(to + 4 * i, Lanes.get(what + 4 * i) + Lanes.get(to + 4 * i));
    }
  }

  /// Multiplies numbers in place.
  static void multiply(long what, long count, long to) {
    long whole = count - count % Lanes.COUNT;
    for (long i = 0; i < 4 * whole; i += Lanes.BYTES) {
      FloatVector.fromMemorySegment(FLOATS, ALL, what + i, ORDER)
          .mul(FloatVector.fromMemorySegment(FLOATS, ALL, to + i, ORDER))
          .intoMemorySegment(ALL, to + i, ORDER);
    }
    for (long i = whole; i < count; i++) {
      Lanes.set(to + 4 * i, Lanes.get(what + 4 * i) * Lanes.get(to + 4 * i));
    }
  }

  /// Σ e^(l−m), relative error below `4·10⁻⁷`.
  ///
  /// @param max m, the largest of the numbers
  static double mass(float[] logits, float max) {
    double sum = 0;
    int whole = FLOATS.loopBound(logits.length);
    for (int start = 0; start < whole; start += BLOCK) {
      FloatVector block = FloatVector.zero(FLOATS);
      int end = Math.min(whole, start + BLOCK);
      for (int i = start; i < end; i += Lanes.COUNT) {
        block = block.add(TileMath.exp(FloatVector.fromArray(FLOATS, logits, i).sub(max)));
      }
      sum += block.reduceLanes(VectorOperators.ADD);
    }
    for (int i = whole; i < logits.length; i++) {
      sum += Math.exp(logits[i] - max);
    }
    return sum;
  }
}
