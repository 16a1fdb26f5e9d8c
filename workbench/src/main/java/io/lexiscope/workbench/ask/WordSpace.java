package io.lexiscope.workbench.ask;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// Whose vectors stand for words.
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum WordSpace {
  /// What words are read by: rows of the unembedding, without the final norm's weight.
  UNEMBEDDING,
  /// What words are entered as: rows of the token embedding.
  EMBEDDING
}
