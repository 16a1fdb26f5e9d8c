package io.lexiscope.analysis.cluster;

import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.WeightLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.LongStream;

/// Agglomerative clustering of vectors by cosine distance, `1 − cos(a, b)`. A vector of length 0 is
/// at distance 1 from every other. The same vectors give the same clusters.
///
/// @param plan how
/// @param listener hears of every merge
public record Agglomeration(ClusterPlan plan, StepListener listener) {

  /// The dendrogram of given distances.
  ///
  /// @param distances symmetric, with zeros on the diagonal; only what is below it is read
  public static Dendrogram ofDistances(Linkage linkage, float[][] distances) {
    try (Arena arena = Arena.ofConfined()) {
      MatrixDistances matrix = new MatrixDistances(linkage, distances.length, arena);
      for (int row = 1; row < distances.length; row++) {
        for (int column = 0; column < row; column++) {
          matrix.set(row, column, distances[row][column]);
        }
      }
      return NearestNeighbourChain.run(matrix, StepListener.NONE);
    }
  }

  /// Exactly `k` clusters.
  ///
  /// @param vectors [n, d], float32, n as in the plan's making; not modified
  /// @throws ClusterException if `k` is not from 1 to the number of vectors that are clustered
  ///   among themselves
  public Partition cluster(Tensor vectors, int k) {
    Dendrogram.requireCount(k, plan.sampled());
    return cluster(vectors, merges -> merges.cut(k));
  }

  /// The clusters that a cut of the dendrogram gives.
  ///
  /// @param vectors [n, d], float32, n as in the plan's making; not modified
  /// @param cut of the vectors that are clustered among themselves
  public Partition cluster(Tensor vectors, Function<Dendrogram, Partition> cut) {
    int size = Math.toIntExact(vectors.size(0));
    return switch (plan.way()) {
      case MATRIX, SUMS -> cut.apply(dendrogram(vectors));
      case SAMPLE -> {
        long[] sample =
            LongStream.range(0, plan.sampled()).map(i -> i * size / plan.sampled()).toArray();
        yield TensorScope.tidy(
            () -> {
              Tensor chosen = vectors.indexSelect(0, Tensors.ofLongs(sample));
              Partition ofSample = cut.apply(dendrogram(chosen));
              return spread(vectors, chosen, sample, ofSample);
            });
      }
    };
  }

  /// All merges.
  ///
  /// @param vectors [n, d], float32; not modified
  public Dendrogram dendrogram(Tensor vectors) {
    int size = Math.toIntExact(vectors.size(0));
    if (plan.way() == ClusterPlan.Way.SUMS) {
      return TensorScope.tidy(
          () -> NearestNeighbourChain.run(new SumDistances(units(vectors)), listener));
    }
    try (Arena arena = Arena.ofShared()) {
      MatrixDistances matrix = new MatrixDistances(plan.linkage(), size, arena);
      TensorScope.tidyRun(
          () -> {
            Tensor units = units(vectors);
            for (int start = 0; start < size; start += ClusterPlan.BLOCK) {
              fill(matrix, units, start, Math.min(size, start + ClusterPlan.BLOCK));
            }
          });
      return NearestNeighbourChain.run(matrix, listener);
    }
  }

  private static void fill(MatrixDistances matrix, Tensor units, int from, int to) {
    TensorScope.tidyRun(
        () -> {
          Tensor block = distances(units.narrow(0, from, to - from), units.narrow(0, 0, to));
          MemorySegment memory = block.memory();
          for (int row = from; row < to; row++) {
            matrix.setRow(row, memory, (long) (row - from) * to);
          }
        });
  }

  /// @return [rows of a, rows of b]
  private static Tensor distances(Tensor a, Tensor b) {
    return TensorScope.tidy(
        () -> {
          Tensor distances = Nn.linear(a, b, /* bias= */ null, WeightLayout.OUT_IN).contiguous();
          distances.mulInPlace(-1);
          distances.addInPlace(Tensors.full(Shape.of(1), 1));
          return distances;
        });
  }

  static Tensor units(Tensor vectors) {
    return TensorScope.tidy(
        () -> {
          Tensor x = vectors.detach().to(DType.FLOAT32);
          Tensor norms = x.norm(-1, /* keepAxis= */ true);
          Tensor units = x.div(norms.maskedFill(norms.eq(0), 1)).contiguous();
          if (!units.allFinite()) {
            throw new ClusterException(
                "clusters: expected finite vectors, got NaN or infinity; look at the weights with info");
          }
          return units;
        });
  }

  /// Gives each vector outside the sample the cluster whose farthest member is nearest.
  private static Partition spread(
      Tensor vectors, Tensor chosen, long[] sample, Partition ofSample) {
    int size = Math.toIntExact(vectors.size(0));
    int[] labels = new int[size];
    Arrays.fill(labels, -1);
    for (int i = 0; i < sample.length; i++) {
      labels[(int) sample[i]] = ofSample.clusterOf(i);
    }
    Tensor units = units(chosen);
    for (int start = 0; start < size; start += ClusterPlan.BLOCK) {
      int from = start;
      int rows = Math.min(ClusterPlan.BLOCK, size - from);
      TensorScope.tidyRun(
          () -> {
            float[] distances = distances(units(vectors.narrow(0, from, rows)), units).toFloats();
            float[] farthest = new float[ofSample.count()];
            for (int row = 0; row < rows; row++) {
              if (labels[from + row] < 0) {
                Arrays.fill(farthest, 0);
                for (int i = 0; i < sample.length; i++) {
                  int cluster = ofSample.clusterOf(i);
                  farthest[cluster] =
                      Math.max(farthest[cluster], distances[row * sample.length + i]);
                }
                labels[from + row] = smallest(farthest);
              }
            }
          });
    }
    return Partition.of(labels);
  }

  private static int smallest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] < values[best] ? i : best;
    }
    return best;
  }
}
