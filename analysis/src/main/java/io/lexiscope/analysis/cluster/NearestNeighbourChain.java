package io.lexiscope.analysis.cluster;

import io.lexiscope.analysis.cluster.Distances.Nearest;
import java.util.ArrayList;
import java.util.List;

/// Agglomerative clustering by chains of nearest neighbours: follow the nearest until two clusters
/// are each other's nearest, merge them, go on from what is left of the chain. About 3n looks for a
/// nearest neighbour in all.
///
/// @see <a href="https://arxiv.org/abs/1109.2378">Müllner 2011, §2.2, figure 3</a>
final class NearestNeighbourChain {
  private NearestNeighbourChain() {}

  static Dendrogram run(Distances distances, StepListener listener) {
    int size = distances.size();
    List<Merge> merges = new ArrayList<>(Math.max(0, size - 1));
    boolean[] gone = new boolean[size];
    int[] chain = new int[size];
    // Distances that differ by rounding with the direction they are taken in must not make the
    // chain
    // bite its tail: steps fall strictly, and what is in the chain is not entered again.
    float[] steps = new float[size];
    boolean[] linked = new boolean[size];
    int length = 0;
    int start = 0;
    while (merges.size() < size - 1) {
      if (length == 0) {
        while (gone[start]) {
          start++;
        }
        chain[0] = start;
        steps[0] = Float.POSITIVE_INFINITY;
        linked[start] = true;
        length = 1;
      }
      int end = chain[length - 1];
      Nearest nearest = distances.nearest(end);
      if (nearest.distance() < steps[length - 1] && !linked[nearest.cluster()]) {
        chain[length] = nearest.cluster();
        linked[nearest.cluster()] = true;
        steps[length] = nearest.distance();
        length++;
        continue;
      }
      int before = chain[length - 2];
      int kept = Math.min(end, before);
      int dying = Math.max(end, before);
      distances.merge(kept, dying);
      linked[kept] = false;
      linked[dying] = false;
      gone[dying] = true;
      merges.add(new Merge(kept, dying, steps[length - 1]));
      length -= 2;
      listener.step(merges.size(), size - 1L);
    }
    return new Dendrogram(size, merges);
  }
}
