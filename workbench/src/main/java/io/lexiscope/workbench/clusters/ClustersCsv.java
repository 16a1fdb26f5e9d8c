package io.lexiscope.workbench.clusters;

import io.lexiscope.base.Csv;
import io.lexiscope.model.reading.TokenReading;
import java.util.stream.Collectors;

/// Clusters as comma-separated values.
final class ClustersCsv {
  private ClustersCsv() {}

  /// One line for each neuron, with its cluster.
  static String write(ClustersResult result) {
    var csv = new Csv("cluster,neuron,size,cohesion,promotes");
    for (ClusterView cluster : result.clusters()) {
      var words = cluster.top().stream().map(TokenReading::text).collect(Collectors.joining("|"));
      for (String neuron : cluster.neurons()) {
        csv.line(cluster.id(), neuron, cluster.size(), cluster.cohesion(), words);
      }
    }
    return csv.toString();
  }
}
