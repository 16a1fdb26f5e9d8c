package io.lexiscope.workbench.heads;

/// On what heads are scored.
public enum TraitsOn {
  /// The prompt itself.
  PROMPT,
  /// Prompts of random tokens that come twice, from a seed.
  REPEATED,
  /// The model's default text.
  CORPUS
}
