package io.lexiscope.analysis.gradient;

import java.util.List;

/// What came back to a head's attention: `R = A ⊙ (e·vᵀ − Σ A·(e·vᵀ)) ÷ √d_head`. Rows sum to 0.
///
/// @param layer from 0
/// @param head from 0
/// @param norm ‖R‖ over all queries and keys
/// @param rows R, a list a query, a number a key
/// @see <a href="https://arxiv.org/abs/2412.17019">Katz and Wolf 2025</a>
public record ReversedHead(int layer, int head, double norm, List<List<Double>> rows) {
  /// Copies the lists.
  public ReversedHead {
    rows = rows.stream().map(List::copyOf).toList();
  }
}
