package io.lexiscope.analysis.edit;

/// In what company an edit is made and scored.
public enum EditSchedule {
  /// Each on the model as it was.
  INDEPENDENT,
  /// Each on top of all before it; scored after its own, and again after the last.
  SEQUENTIAL
}
