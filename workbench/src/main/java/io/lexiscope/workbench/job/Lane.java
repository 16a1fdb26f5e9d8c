package io.lexiscope.workbench.job;

/// Whom work waits for. Each lane has room of its own, so that a full one keeps no other waiting.
public enum Lane {
  /// Answered from what is at hand: never refused.
  INSTANT,
  /// A few passes: begun at once.
  SHORT,
  /// An experiment, a training, a build: few at once, the others in turn.
  LONG
}
