package io.lexiscope.workbench.edits;

/// What a prompt asked beside an edit should do.
public enum EditProbeKind {
  /// Get the target too.
  PARAPHRASE,
  /// Keep its answer.
  NEIGHBOUR
}
