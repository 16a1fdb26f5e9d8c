package io.lexiscope.model.config;

/// How the two sublayers of a block, A (attention) and M (feed-forward), meet the residual stream
/// x.
public enum Wiring {
  /// `x += A(n1(x)); x += M(n2(x))` (GPT-2, Llama).
  PRE_NORM,
  /// `x += A(n1(x)) + M(n1(x))` (GPT-J, Phi).
  PARALLEL_ONE_NORM,
  /// `x += A(n1(x)) + M(n2(x))` (GPT-NeoX).
  PARALLEL_TWO_NORMS,
  /// `x = n1(x + A(x)); x = n2(x + M(x))` (BERT, OPT-350m).
  POST_NORM,
  /// `x += n1(A(x)); x += n2(M(x))` (OLMo 2).
  OUTPUT_NORM,
  /// `x += n1'(A(n1(x))); x += n2'(M(n2(x)))` (Gemma 2 and 3).
  SANDWICH;

  /// Whether the feed-forward part reads the stream as it was before attention, so that there is no
  /// `resid_mid`.
  public boolean parallel() {
    return this == PARALLEL_ONE_NORM || this == PARALLEL_TWO_NORMS;
  }
}
