package io.lexiscope.workbench.clusters;

import io.lexiscope.model.reading.TokenReading;
import java.util.List;

/// A cluster of value vectors.
///
/// @param id from 0, in the order of the clusters' first neurons
/// @param size number of neurons
/// @param cohesion mean cosine of two different members, 1 where all point one way
/// @param neurons all members, such as `L3N812`
/// @param top words the members promote most on average, against the mean word
public record ClusterView(
    int id, int size, double cohesion, List<String> neurons, List<TokenReading> top) {
  /// Copies the lists.
  public ClusterView {
    neurons = List.copyOf(neurons);
    top = List.copyOf(top);
  }
}
