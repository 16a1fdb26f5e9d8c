package io.lexiscope.analysis.cluster;

import io.lexiscope.model.place.NeuronName;

/// Clusters of the value vectors of all layers' MLPs.
///
/// @param layers number of layers
/// @param neurons number of neurons in each
/// @param partition the clusters; thing `layer · neurons + neuron`
/// @param plan how they were made
public record ValueClusters(int layers, int neurons, Partition partition, ClusterPlan plan) {
  /// The cluster of a neuron, from 0.
  ///
  /// @param layer from 0
  /// @param neuron from 0
  public int clusterOf(int layer, int neuron) {
    if (layer < 0 || layer >= layers || neuron < 0 || neuron >= neurons) {
      throw new ClusterException(
          "clusters: expected a layer below %d and a neuron below %d, got %s"
              .formatted(layers, neurons, new NeuronName(layer, neuron)));
    }
    return partition.clusterOf(layer * neurons + neuron);
  }
}
