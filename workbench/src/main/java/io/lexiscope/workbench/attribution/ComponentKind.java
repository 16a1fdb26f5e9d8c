package io.lexiscope.workbench.attribution;

/// What writes into the residual stream.
public enum ComponentKind {
  /// The token embedding.
  EMBED,
  /// The learned position embedding.
  POS_EMBED,
  /// One attention head.
  HEAD,
  /// What attention adds beside its heads: its output bias, or a norm after it.
  ATTN_BIAS,
  /// A whole MLP.
  MLP,
  /// One neuron of an MLP.
  NEURON,
  /// The bias of the final norm or of the unembedding.
  FINAL_BIAS,
  /// Everything not listed one by one.
  OTHERS
}
