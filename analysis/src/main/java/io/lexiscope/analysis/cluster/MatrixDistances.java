package io.lexiscope.analysis.cluster;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// All distances, kept up to date by the formula of Lance and Williams.
///
/// Memory: 4·n(n−1)/2 bytes in the arena given, and O(n) on the heap.
final class MatrixDistances implements Distances {
  private final Linkage linkage;
  private final int size;
  private final MemorySegment below;
  private final int[] members;
  private final int[] live;
  private int lives;

  /// @param arena owner of the distances; all zero at first
  MatrixDistances(Linkage linkage, int size, Arena arena) {
    this.linkage = linkage;
    this.size = size;
    this.below = arena.allocate(Math.max(Float.BYTES, bytes(size)), Float.BYTES);
    this.members = new int[size];
    Arrays.fill(members, 1);
    this.live = new int[size];
    for (int i = 0; i < size; i++) {
      live[i] = i;
    }
    this.lives = size;
  }

  static long bytes(long size) {
    return size * (size - 1) / 2 * Float.BYTES;
  }

  private static long index(int row, int column) {
    return (long) row * (row - 1) / 2 + column;
  }

  private float get(int a, int b) {
    return below.getAtIndex(ValueLayout.JAVA_FLOAT, a > b ? index(a, b) : index(b, a));
  }

  void set(int row, int column, float distance) {
    below.setAtIndex(
        ValueLayout.JAVA_FLOAT, row > column ? index(row, column) : index(column, row), distance);
  }

  /// Sets the distances of one thing to all before it.
  ///
  /// @param distances its distances to 0 … row − 1, from `from` on
  void setRow(int row, MemorySegment distances, long from) {
    MemorySegment.copy(
        distances,
        from * Float.BYTES,
        below,
        index(row, 0) * Float.BYTES,
        (long) row * Float.BYTES);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Nearest nearest(int of) {
    int best = -1;
    float nearest = Float.POSITIVE_INFINITY;
    for (int at = 0; at < lives; at++) {
      int other = live[at];
      if (other != of) {
        float distance = get(of, other);
        if (distance < nearest || best < 0) {
          nearest = distance;
          best = other;
        }
      }
    }
    return new Nearest(best, nearest);
  }

  @Override
  public void merge(int kept, int gone) {
    int write = 0;
    for (int at = 0; at < lives; at++) {
      int other = live[at];
      if (other == gone) {
        continue;
      }
      live[write++] = other;
      if (other != kept) {
        set(
            kept,
            other,
            linkage.merged(get(kept, other), get(gone, other), members[kept], members[gone]));
      }
    }
    lives = write;
    members[kept] += members[gone];
  }
}
