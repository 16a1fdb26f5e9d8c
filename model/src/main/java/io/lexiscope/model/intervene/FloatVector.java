package io.lexiscope.model.intervene;

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
