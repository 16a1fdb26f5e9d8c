package io.lexiscope.workbench.ask;

/// What an intervention does to the place it names.
public enum InterventionKind {
  /// Replaces the numbers with `value` or `vector`; along a `direction`, the component becomes
  /// `value`.
  SET,
  /// Adds `value` or `vector`; with a `direction`, `value` times its unit vector.
  ADD,
  /// Multiplies by `value`; along a `direction`, only the component.
  SCALE,
  /// Multiplies by 0; a `direction` is projected out. Takes no `value`.
  ABLATE,
  /// Sets each number to its mean over texts, positions counted alike; of a head the whole vector;
  /// along a `direction`, the component to that of the mean. Takes no `value`.
  MEAN
}
