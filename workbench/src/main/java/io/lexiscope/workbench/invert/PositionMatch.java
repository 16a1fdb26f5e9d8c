package io.lexiscope.workbench.invert;

/// At which position of another input its activation is compared.
public enum PositionMatch {
  /// At the one that plays the same part.
  ROLE,
  /// At whichever is nearest, as published.
  ANY
}
