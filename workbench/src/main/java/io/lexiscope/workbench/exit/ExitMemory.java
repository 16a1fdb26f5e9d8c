package io.lexiscope.workbench.exit;

import java.util.List;

/// Remembered examples, by the clusters of their dominant sub-updates.
///
/// @param ranked whether clusters are compared rank by rank (the authors' code) or as sets (the
///   paper)
/// @param clusters for each layer the cluster of each neuron
/// @param layers for each layer but the last what is remembered there
public record ExitMemory(
    boolean ranked, List<List<Integer>> clusters, List<ExitMemoryLayer> layers) {
  /// Copies the lists.
  public ExitMemory {
    clusters = clusters.stream().map(List::copyOf).toList();
    layers = List.copyOf(layers);
  }
}
