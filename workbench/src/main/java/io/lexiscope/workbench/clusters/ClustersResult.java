package io.lexiscope.workbench.clusters;

import io.lexiscope.analysis.cluster.Linkage;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// Clusters of a model's value vectors, their mean taken off, by cosine distance: only of vectors
/// that are closer than chance.
///
/// @param model the model
/// @param linkage how far clusters are apart
/// @param exact whether they are those of the definition
/// @param sampled vectors clustered among themselves; where fewer than all, every other vector
///   joined the cluster whose farthest member is nearest
/// @param memoryBytes most memory taken for it
/// @param closerThan the cosine that a member has to pass with the mean direction of the others:
///   what one in a hundred models without any structure would pass with its closest pair
/// @param vectors how many there are
/// @param inNone how many of them are in no cluster
/// @param clusters of two members or more, largest first and then by cohesion
/// @param seconds it took
/// @param provenance where the result comes from
public record ClustersResult(
    String model,
    Linkage linkage,
    boolean exact,
    int sampled,
    long memoryBytes,
    double closerThan,
    int vectors,
    int inNone,
    List<ClusterView> clusters,
    double seconds,
    Provenance provenance)
    implements Result {
  /// Copies the clusters.
  public ClustersResult {
    clusters = List.copyOf(clusters);
  }

  @Override
  public String method() {
    return "Groups of vectors by direction alone; whether they are active together is not asked.";
  }
}
