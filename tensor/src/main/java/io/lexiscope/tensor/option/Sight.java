package io.lexiscope.tensor.option;

/// Which keys a query sees, and what its scores are multiplied with.
///
/// @param past position of the first query
/// @param causal whether a query sees no later position than its own
/// @param window how many positions back a causal query sees, its own among them; at least 1
/// @param scale factor on query · key, positive
public record Sight(int past, boolean causal, int window, double scale) {
  /// The first position that a query sees, from 0.
  public int first(int query) {
    return Math.max(0, past + query - window + 1);
  }

  /// The position after the last one that a query sees.
  public int end(int query, int length) {
    return causal ? Math.min(length, past + query + 1) : length;
  }
}
