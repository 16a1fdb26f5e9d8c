package io.lexiscope.model.intervene;

import io.lexiscope.base.FloatVector;

/// What happens to the numbers at the target.
public sealed interface Change {

  /// Each becomes this number.
  record Set(double number) implements Change {

    /// Checks the number.
    ///
    /// @throws InterventionException if it is not finite as a float
    public Set {
      requireFinite(number);
    }
  }

  /// This number is added to each.
  record Add(double number) implements Change {

    /// Checks the number.
    ///
    /// @throws InterventionException if it is not finite as a float
    public Add {
      requireFinite(number);
    }
  }

  /// Each is multiplied by this number; 0 ablates.
  record Scale(double factor) implements Change {

    /// Checks the factor.
    ///
    /// @throws InterventionException if it is not finite as a float
    public Scale {
      requireFinite(factor);
    }
  }

  /// The vector at each position becomes this one, such as a stored activation.
  record SetVector(FloatVector vector) implements Change {

    /// Checks the numbers.
    ///
    /// @throws InterventionException if one is not finite
    public SetVector {
      requireFinite(vector);
    }
  }

  /// This vector is added at each position, such as a steering direction.
  record AddVector(FloatVector vector) implements Change {

    /// Checks the numbers.
    ///
    /// @throws InterventionException if one is not finite
    public AddVector {
      requireFinite(vector);
    }
  }

  /// The part of the vector that lies along a direction becomes this long; what is perpendicular
  /// stays.
  ///
  /// @param direction of any length but zero; its unit vector counts
  /// @param number the new component along the unit vector
  record SetAlong(FloatVector direction, double number) implements Change {

    /// Checks the numbers.
    ///
    /// @throws InterventionException if one is not finite as a float
    public SetAlong {
      requireFinite(direction);
      requireFinite(number);
    }
  }

  /// The part of the vector that lies along a direction is multiplied by this number; 0 projects it
  /// out.
  ///
  /// @param direction of any length but zero; its unit vector counts
  /// @param factor of the component along the unit vector
  record ScaleAlong(FloatVector direction, double factor) implements Change {

    /// Checks the numbers.
    ///
    /// @throws InterventionException if one is not finite as a float
    public ScaleAlong {
      requireFinite(direction);
      requireFinite(factor);
    }
  }

  /// What is there becomes what another run had there, row by row; where that run has no row,
  /// everything stays. Of scores and pattern the keys are mapped likewise.
  ///
  /// @param rows recorded at the target's place
  /// @param map from positions of this run to those of the other
  record SetRows(ActivationRows rows, PositionMap map) implements Change {}

  private static void requireFinite(double number) {
    if (!Float.isFinite((float) number)) {
      throw new InterventionException(
          "intervention: expected a number of float32, up to 3.4e38, got " + number);
    }
  }

  private static void requireFinite(FloatVector vector) {
    float[] numbers = vector.toArray();
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        throw new InterventionException(
            "intervention: expected finite numbers in a vector, got %s at index %d"
                .formatted(numbers[i], i));
      }
    }
  }
}
