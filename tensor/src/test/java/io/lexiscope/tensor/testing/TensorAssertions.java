package io.lexiscope.tensor.testing;

import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import java.util.Arrays;

/// The one way to compare numbers in tests: two-sided, fails on NaN, on infinities and on empty
/// input, and names the worst element.
public final class TensorAssertions {
  private TensorAssertions() {}

  /// Asserts that two tensors have one shape and close elements.
  public static void assertClose(Tensor actual, Tensor expected, Tolerance tolerance) {
    if (!actual.shape().equals(expected.shape())) {
      throw new AssertionError("expected shape " + expected.shape() + ", got " + actual.shape());
    }
    assertClose(actual.toFloats(), expected.toFloats(), actual.shape(), tolerance);
  }

  /// Asserts that the elements are close.
  public static void assertClose(float[] actual, float[] expected, Tolerance tolerance) {
    assertClose(actual, expected, Shape.of(actual.length), tolerance);
  }

  /// Asserts that two numbers are close.
  public static void assertClose(double actual, double expected, Tolerance tolerance) {
    if (!close(actual, expected, tolerance)) {
      throw new AssertionError("expected " + expected + " within " + tolerance + ", got " + actual);
    }
  }

  /// Asserts that the numbers are close.
  public static void assertClose(double[] actual, double[] expected, Tolerance tolerance) {
    if (actual.length != expected.length || expected.length == 0) {
      throw new AssertionError(
          "expected " + expected.length + " numbers and some, got " + actual.length);
    }
    for (int i = 0; i < actual.length; i++) {
      if (!close(actual[i], expected[i], tolerance)) {
        throw new AssertionError(
            "expected %s within %s, got %s at %d of %s"
                .formatted(expected[i], tolerance, actual[i], i, Arrays.toString(actual)));
      }
    }
  }

  private static void assertClose(
      float[] actual, float[] expected, Shape shape, Tolerance tolerance) {
    if (actual.length != expected.length) {
      throw new AssertionError("expected " + expected.length + " elements, got " + actual.length);
    }
    if (expected.length == 0) {
      throw new AssertionError("expected elements to compare, got none");
    }
    int worst = -1;
    int bad = 0;
    double worstDistance = -1;
    for (int i = 0; i < actual.length; i++) {
      if (!close(actual[i], expected[i], tolerance)) {
        bad++;
        double distance = Math.abs((double) actual[i] - expected[i]);
        if (worst < 0 || Double.isNaN(distance) || distance > worstDistance) {
          worst = i;
          worstDistance = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
        }
      }
    }
    if (bad > 0) {
      throw new AssertionError(
          bad
              + " of "
              + actual.length
              + " elements differ by more than "
              + tolerance
              + "; worst at "
              + index(worst, shape)
              + " of "
              + shape
              + ": expected "
              + expected[worst]
              + ", got "
              + actual[worst]);
    }
  }

  private static boolean close(double actual, double expected, Tolerance tolerance) {
    return Double.isFinite(actual)
        && Double.isFinite(expected)
        && Math.abs(actual - expected)
            <= tolerance.absolute() + tolerance.relative() * Math.abs(expected);
  }

  private static String index(int flat, Shape shape) {
    long rest = flat;
    StringBuilder text = new StringBuilder("]");
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      text.insert(0, (axis == 0 ? "[" : ", ") + rest % shape.dim(axis));
      rest /= shape.dim(axis);
    }
    return shape.rank() == 0 ? "[]" : text.toString();
  }
}
