package io.lexiscope.hub.find;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// Where a model was found.
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum ModelOrigin {
  /// Part of Lexiscope.
  BUNDLED,
  /// A folder named by the user.
  LOCAL,
  /// In the local Hugging Face cache.
  CACHED
}
