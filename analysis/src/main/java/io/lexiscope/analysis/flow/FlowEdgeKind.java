package io.lexiscope.analysis.flow;

/// What an edge of a flow graph is.
public enum FlowEdgeKind {
  /// The stream going on.
  RESIDUAL,
  /// Something added to the stream.
  ADDS,
  /// A stream from which a value is made.
  READS,
  /// A value moved to where a head writes.
  MOVES,
  /// A stream that a neuron or an MLP looks at.
  FEEDS,
  /// A neuron or bias as a part of its MLP.
  PART,
  /// The stream through a norm.
  NORM,
  /// A query that finds a key, and the value behind it.
  ATTENDS,
  /// The stream read as a logit.
  LOGIT,
  /// What is not shown.
  OTHERS
}
