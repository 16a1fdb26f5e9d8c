package io.lexiscope.hub;

/// The kinds of refusal and failure.
public enum HubProblem {
  /// No such model, revision or file.
  NOT_FOUND,
  /// What was asked has a form that no hub knows, or may not be read.
  INVALID,
  /// Another program is at the same file.
  BUSY,
  /// The thread was interrupted.
  CANCELLED,
  /// The network or the disk gave out.
  FAILED
}
