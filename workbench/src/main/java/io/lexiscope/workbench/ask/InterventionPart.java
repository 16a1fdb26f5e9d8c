package io.lexiscope.workbench.ask;

/// A part of the sequence.
public enum InterventionPart {
  /// The positions of the prompt.
  PROMPT,
  /// The positions of generated tokens; the first of them is chosen at the last of the prompt.
  GENERATED
}
