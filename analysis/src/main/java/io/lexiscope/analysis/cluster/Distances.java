package io.lexiscope.analysis.cluster;

/// Distances between clusters that merge. A cluster is known by its smallest member; the other name
/// dies with the merge.
interface Distances {
  /// Number of things at the start.
  int size();

  /// The live cluster nearest to a live cluster, the lowest of equally near ones.
  ///
  /// @param of a live cluster, not the only one
  Nearest nearest(int of);

  /// Joins two live clusters under the smaller name.
  void merge(int kept, int gone);

  /// A neighbour.
  ///
  /// @param cluster its name
  /// @param distance how far it is
  record Nearest(int cluster, float distance) {}
}
