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
}
