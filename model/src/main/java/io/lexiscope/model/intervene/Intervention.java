package io.lexiscope.model.intervene;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.place.HookName;

/// One change to what a model computes.
///
/// @param name what people call it; may be empty
/// @param enabled whether it is in force
/// @param target what is changed
/// @param where at which positions
/// @param change how
public record Intervention(
    String name, boolean enabled, Target target, Where where, Change change) {

  /// A change in force at every position.
  public static Intervention of(Target target, Change change) {
    return new Intervention("", /* enabled= */ true, target, new Where.Everywhere(), change);
  }

  /// A neuron's coefficient multiplied by a factor.
  public static Intervention scaleNeuron(int layer, int index, double factor) {
    return of(new Target.Neuron(layer, index), new Change.Scale(factor));
  }

  /// A neuron's coefficient set to a number.
  public static Intervention setNeuron(int layer, int index, double coefficient) {
    return of(new Target.Neuron(layer, index), new Change.Set(coefficient));
  }

  /// A head silenced.
  public static Intervention ablateHead(int layer, int index) {
    return of(new Target.Head(layer, index), new Change.Scale(0));
  }

  /// A vector added at a hook point.
  public static Intervention add(HookName place, FloatVector direction) {
    return of(new Target.Place(place), new Change.AddVector(direction));
  }

  /// What is at a target set to what another run had there, at every position that run has.
  public static Intervention patch(Target target, ActivationRows rows) {
    return of(target, new Change.SetRows(rows, PositionMap.same()));
  }

  /// The same change at other positions.
  public Intervention at(Where positions) {
    return new Intervention(name, enabled, target, positions, change);
  }
}
