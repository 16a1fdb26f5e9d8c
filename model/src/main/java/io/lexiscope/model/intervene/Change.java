package io.lexiscope.model.intervene;

/// What happens to the numbers at the target.
public sealed interface Change {

  /// Each becomes this number.
  record Set(double number) implements Change {}

  /// This number is added to each.
  record Add(double number) implements Change {}

  /// Each is multiplied by this number; 0 ablates.
  record Scale(double factor) implements Change {}

  /// The vector at each position becomes this one, such as a stored activation.
  record SetVector(FloatVector vector) implements Change {}

  /// This vector is added at each position, such as a steering direction.
  record AddVector(FloatVector vector) implements Change {}

  /// The part of the vector that lies along a direction becomes this long; what is perpendicular
  /// stays.
  ///
  /// @param direction of any length but zero; its unit vector counts
  /// @param number the new component along the unit vector
  record SetAlong(FloatVector direction, double number) implements Change {}

  /// The part of the vector that lies along a direction is multiplied by this number; 0 projects it
  /// out.
  ///
  /// @param direction of any length but zero; its unit vector counts
  /// @param factor of the component along the unit vector
  record ScaleAlong(FloatVector direction, double factor) implements Change {}
}
