package io.lexiscope.model.matrix;

/// How queries, keys and values share the output axis of one fused projection.
public enum FusedOrder {
  /// All queries [heads · d_head], then all keys [kv heads · d_head], then all values [kv heads ·
  /// d_head] (GPT-2, Phi-3).
  BLOCKS,
  /// For each head its query, its key, its value: [heads, 3, d_head] (GPT-NeoX).
  BY_HEAD
}
