package io.lexiscope.workbench.generate;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// Why a continuation ended.
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum StopReason {
  /// As many tokens as were asked for.
  LENGTH,
  /// The model ended the text.
  END_OF_TEXT,
  /// The context is full.
  CONTEXT_FULL
}
