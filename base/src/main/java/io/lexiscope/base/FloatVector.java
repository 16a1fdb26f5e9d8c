package io.lexiscope.base;

import java.util.Arrays;

/// An immutable sequence of float32 numbers.
public final class FloatVector {
  private final float[] values;

  private FloatVector(float[] values) {
    this.values = values;
  }

  /// The given numbers, copied.
  public static FloatVector of(float... values) {
    return new FloatVector(values.clone());
  }

  /// How many numbers there are.
  public int size() {
    return values.length;
  }

  /// A fresh copy of the numbers.
  public float[] toArray() {
    return values.clone();
  }

  /// The Euclidean length.
  public double length() {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  /// The vector with every number multiplied.
  public FloatVector times(double factor) {
    float[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (scaled[i] * factor);
    }
    return new FloatVector(scaled);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatVector vector && Arrays.equals(values, vector.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return values.length <= 4 ? Arrays.toString(values) : "[" + values.length + " numbers]";
  }
}
