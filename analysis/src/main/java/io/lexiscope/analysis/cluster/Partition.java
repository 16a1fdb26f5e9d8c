package io.lexiscope.analysis.cluster;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// Each of `n` things in one of `k` clusters. Clusters are numbered in the order of their first
/// members, so that the same clusters always have the same numbers.
public final class Partition {
  private final int[] clusterOf;
  private final int[] sizes;

  private Partition(int[] clusterOf, int count) {
    this.clusterOf = clusterOf;
    this.sizes = new int[count];
    for (int cluster : clusterOf) {
      sizes[cluster]++;
    }
  }

  /// Numbers clusters anew.
  ///
  /// @param labels any number for each thing, equal for those in the same cluster
  public static Partition of(int[] labels) {
    Map<Integer, Integer> numbers = new HashMap<>();
    int[] clusterOf = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      Integer known = numbers.get(labels[i]);
      if (known == null) {
        known = numbers.size();
        numbers.put(labels[i], known);
      }
      clusterOf[i] = known;
    }
    return new Partition(clusterOf, numbers.size());
  }

  /// Number of things, n.
  public int size() {
    return clusterOf.length;
  }

  /// Number of clusters, k.
  public int count() {
    return sizes.length;
  }

  /// The cluster of a thing, from 0.
  public int clusterOf(int thing) {
    return clusterOf[thing];
  }

  /// Number of members of a cluster.
  public int sizeOf(int cluster) {
    return sizes[cluster];
  }

  /// The members of a cluster, rising.
  public IntStream members(int cluster) {
    return IntStream.range(0, clusterOf.length).filter(i -> clusterOf[i] == cluster);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Partition that && Arrays.equals(clusterOf, that.clusterOf);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(clusterOf);
  }

  @Override
  public String toString() {
    return count() + " clusters of " + size();
  }
}
