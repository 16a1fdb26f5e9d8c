package io.lexiscope.analysis.exit;

import java.util.List;

/// The remembered examples of one layer, by the layer they saturated at: the first group is T, the
/// others are N of the later layers.
final class LayerMemory {
  private final List<List<int[]>> groups;
  private final List<OverlapGroup> compared;

  LayerMemory(Overlap overlap, List<List<int[]>> groups) {
    this.groups = groups.stream().map(List::copyOf).toList();
    this.compared = this.groups.stream().map(rows -> OverlapGroup.of(overlap, rows)).toList();
  }

  List<List<int[]>> groups() {
    return groups;
  }

  boolean canLeave() {
    return !groups.getFirst().isEmpty();
  }

  boolean leaves(int[] clusters) {
    OverlapGroup same = compared.getFirst();
    List<OverlapGroup> later = compared.subList(1, compared.size());
    double average = same.average(clusters);
    for (OverlapGroup group : later) {
      if (!group.isEmpty() && !(average > group.average(clusters))) {
        return false;
      }
    }
    int largest = same.largest(clusters, Integer.MAX_VALUE);
    for (OverlapGroup group : later) {
      if (group.largest(clusters, largest) >= largest) {
        return false;
      }
    }
    return true;
  }
}
