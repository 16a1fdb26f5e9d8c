package io.lexiscope.workbench.ask;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// A part of the sequence.
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum InterventionPart {
  /// The positions of the prompt.
  PROMPT,
  /// The positions of generated tokens; the first of them is chosen at the last of the prompt.
  GENERATED
}
