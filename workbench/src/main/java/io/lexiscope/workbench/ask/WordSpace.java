package io.lexiscope.workbench.ask;

/// Whose vectors stand for words.
public enum WordSpace {
  /// What words are read by: rows of the unembedding, without the final norm's weight.
  UNEMBEDDING,
  /// What words are entered as: rows of the token embedding.
  EMBEDDING
}
