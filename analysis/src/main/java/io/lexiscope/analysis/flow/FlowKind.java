package io.lexiscope.analysis.flow;

/// What a node of a flow graph is.
public enum FlowKind {
  /// The embedding of a token.
  EMBED,
  /// The embedding of a position.
  POS_EMBED,
  /// The residual stream entering a block, or leaving the last.
  STREAM,
  /// The residual stream between attention and MLP.
  STREAM_MID,
  /// What a head adds.
  HEAD,
  /// What a head takes from one position: its value there through W_O, weighted.
  VALUE,
  /// What attention adds beside its heads.
  ATTN_BIAS,
  /// What an MLP adds.
  MLP,
  /// What one neuron adds: its coefficient times its value vector.
  NEURON,
  /// The output bias of an MLP.
  MLP_BIAS,
  /// A stream after the norm that a sublayer reads it through.
  NORMED,
  /// The queries of all heads, as the space that attention reads.
  QUERIES,
  /// The query of a head.
  QUERY,
  /// The key of a position, as a head sees it.
  KEY,
  /// The outputs of all heads side by side, before W_O.
  HEADS,
  /// A row of W_O.
  ATTN_NEURON,
  /// All that attention adds.
  ATTN,
  /// What a neuron listens for.
  NEURON_KEY,
  /// The logit of the target.
  PREDICTION,
  /// Everything that goes into a node and is not shown.
  OTHERS
}
