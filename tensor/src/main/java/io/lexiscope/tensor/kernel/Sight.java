package io.lexiscope.tensor.kernel;

/// Which keys a query sees, and what its scores are multiplied with.
///
/// @param past position of the first query
/// @param causal whether a query sees no later position than its own
/// @param window how many positions back a causal query sees, its own among them; at least 1
/// @param scale factor on query · key, positive
public record Sight(int past, boolean causal, int window, double scale) {
  int first(int query) {
    return Math.max(0, past + query - window + 1);
  }

  int end(int query, int length) {
    return causal ? Math.min(length, past + query + 1) : length;
  }
}
