package io.lexiscope.analysis.cluster;

import java.util.Comparator;
import java.util.List;

/// The merges that make one cluster out of `n`, lowest first.
///
/// @param size number of things clustered, n
/// @param merges n − 1 of them, by rising height; equal heights in the order in which they were
///   found
public record Dendrogram(int size, List<Merge> merges) {
  /// Sorts the merges.
  public Dendrogram {
    merges = merges.stream().sorted(Comparator.comparingDouble(Merge::height)).toList();
    if (merges.size() != Math.max(0, size - 1)) {
      throw new ClusterException(
          "clusters: expected %d merges of %d things, got %d"
              .formatted(size - 1, size, merges.size()));
    }
  }

  /// Exactly `k` clusters: all but the `k − 1` highest merges are made.
  ///
  /// @throws ClusterException if `k` is not from 1 to the number of things
  public Partition cut(int k) {
    requireCount(k, size);
    var parents = new DisjointSets(size);
    for (Merge merge : merges.subList(0, size - k)) {
      parents.join(merge.first(), merge.second());
    }
    return Partition.of(parents.roots());
  }

  /// The clusters of all merges up to a height: with complete linkage no two members of one are
  /// farther apart.
  ///
  /// @param height largest distance of two clusters that are merged
  public Partition cutAt(double height) {
    var parents = new DisjointSets(size);
    merges.stream()
        .takeWhile(merge -> merge.height() <= height)
        .forEach(merge -> parents.join(merge.first(), merge.second()));
    return Partition.of(parents.roots());
  }

  static void requireCount(int k, int size) {
    if (k < 1 || k > size) {
      throw new ClusterException(
          "clusters: expected a number of clusters from 1 to %d, got %d".formatted(size, k));
    }
  }
}
