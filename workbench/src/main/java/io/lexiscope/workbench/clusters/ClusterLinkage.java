package io.lexiscope.workbench.clusters;

/// How far two clusters are apart.
public enum ClusterLinkage {
  /// The largest cosine distance between members.
  COMPLETE,
  /// The mean cosine distance between members.
  AVERAGE
}
