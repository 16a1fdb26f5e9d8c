package io.lexiscope.workbench.view;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// What an intervention does to the place it names.
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum InterventionKind {
  /// Replaces the values with `value` or `vector`.
  SET,
  /// Adds `value` or `vector`.
  ADD,
  /// Multiplies by `value`; 0 ablates.
  SCALE
}
