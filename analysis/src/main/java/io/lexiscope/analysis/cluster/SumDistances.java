package io.lexiscope.analysis.cluster;

import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.WeightLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Mean cosine distances from the sums of unit vectors alone: the mean over all pairs of `1 − u·v`
/// is `1 − S_a·S_b / (|a|·|b|)`. Slower than the matrix, and never more than the vectors
/// themselves.
///
/// Memory: the sums, [n, d], which it overwrites.
final class SumDistances implements Distances {
  private final int size;
  private final int width;
  private final Tensor sums;
  private final int[] members;

  /// Rows of the sums that are in use come first; which cluster each holds, and back.
  private final int[] clusterAt;

  private final int[] rowOf;
  private int lives;

  /// @param units unit vectors, contiguous [n, d], float32; overwritten
  SumDistances(Tensor units) {
    this.sums = units;
    this.size = Math.toIntExact(units.size(0));
    this.width = Math.toIntExact(units.size(1));
    this.members = new int[size];
    this.clusterAt = new int[size];
    this.rowOf = new int[size];
    for (int i = 0; i < size; i++) {
      members[i] = 1;
      clusterAt[i] = i;
      rowOf[i] = i;
    }
    this.lives = size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Nearest nearest(int of) {
    float[] products =
        TensorScope.tidy(
            () ->
                Nn.linear(
                        sums.narrow(0, rowOf[of], 1),
                        sums.narrow(0, 0, lives),
                        /* bias= */ null,
                        WeightLayout.OUT_IN)
                    .toFloats());
    int best = -1;
    float nearest = Float.POSITIVE_INFINITY;
    for (int row = 0; row < lives; row++) {
      int other = clusterAt[row];
      if (other == of) {
        continue;
      }
      float distance =
          (float) Math.max(0, 1 - products[row] / ((double) members[of] * members[other]));
      if (best < 0 || distance < nearest || (distance == nearest && other < best)) {
        nearest = distance;
        best = other;
      }
    }
    return new Nearest(best, nearest);
  }

  @Override
  public void merge(int kept, int gone) {
    MemorySegment memory = sums.memory();
    long into = (long) rowOf[kept] * width;
    long from = (long) rowOf[gone] * width;
    for (int i = 0; i < width; i++) {
      memory.setAtIndex(
          ValueLayout.JAVA_FLOAT,
          into + i,
          memory.getAtIndex(ValueLayout.JAVA_FLOAT, into + i)
              + memory.getAtIndex(ValueLayout.JAVA_FLOAT, from + i));
    }
    members[kept] += members[gone];
    int last = lives - 1;
    int moved = clusterAt[last];
    int hole = rowOf[gone];
    long bytes = (long) width * Float.BYTES;
    MemorySegment.copy(memory, last * bytes, memory, hole * bytes, bytes);
    clusterAt[hole] = moved;
    rowOf[moved] = hole;
    lives = last;
  }
}
