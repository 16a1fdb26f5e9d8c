package io.lexiscope.analysis.gradient;

/// A part of a prompt.
public enum PromptSegment {
  /// The tokens of the subject but its last.
  SUBJECT,
  /// The last token of the subject.
  SUBJECT_LAST,
  /// The last token of the prompt.
  LAST,
  /// All others.
  REST
}
