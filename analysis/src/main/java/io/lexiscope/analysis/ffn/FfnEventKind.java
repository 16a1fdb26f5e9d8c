package io.lexiscope.analysis.ffn;

/// What became of a leading word.
public enum FfnEventKind {
  /// The layer brought the final answer to the first rank, where it stayed.
  SATURATION,
  /// The layer took the first rank from the word that led, which was not the token at the position
  /// itself, and pushed it down further than any other layer did.
  ELIMINATION
}
