package io.lexiscope.model.config;

/// Whether queries and keys are normed after their projection and before the rotary turn.
public sealed interface QkNorm {

  /// They are not.
  record None() implements QkNorm {}

  /// Each head's vector by itself; the weight has d_head entries and is shared by the heads (Qwen3,
  /// Gemma 3).
  ///
  /// @param norm the norm of queries and of keys
  record PerHead(Norm norm) implements QkNorm {}

  /// All heads' vectors as one; the weight has heads · d_head entries (OLMo 2).
  ///
  /// @param norm the norm of queries and of keys
  record WholeWidth(Norm norm) implements QkNorm {}
}
