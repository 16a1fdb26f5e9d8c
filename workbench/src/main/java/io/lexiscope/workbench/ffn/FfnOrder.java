package io.lexiscope.workbench.ffn;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// Which sub-updates of a layer are listed.
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum FfnOrder {
  /// Those that add most to the residual stream: largest coefficient × length of the value vector.
  DOMINANCE,
  /// Those that push the word most, up or down.
  SCORE
}
