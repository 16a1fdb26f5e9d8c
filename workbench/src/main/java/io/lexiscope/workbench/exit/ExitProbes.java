package io.lexiscope.workbench.exit;

import java.util.List;

/// Logistic regressions on the residual stream after each layer but the last.
///
/// @param threshold score from which on a token leaves, in logits
/// @param weights for each layer one for each dimension
/// @param biases for each layer what is added
public record ExitProbes(double threshold, List<List<Double>> weights, List<Double> biases) {
  /// Copies the lists.
  public ExitProbes {
    weights = weights.stream().map(List::copyOf).toList();
    biases = List.copyOf(biases);
  }
}
