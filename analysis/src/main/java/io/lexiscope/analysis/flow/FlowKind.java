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
  /// The logit of the target.
  PREDICTION,
  /// Everything that goes into a node and is not shown.
  OTHERS
}
