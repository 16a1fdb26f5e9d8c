package io.lexiscope.analysis.cluster;

import io.lexiscope.model.reading.NormalQuantile;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Clusters only of vectors that are closer than chance; every other vector is in none.
///
/// A member stays in its cluster when its cosine with the mean direction of the other members is
/// beyond the bound of chance, and a cluster has two members or more. Cosines of two vectors drawn
/// at random from all of them have mean 0, the vectors' mean taken off, and the standard deviation
/// `‖M‖_F` with the second moment `M = 1/n Σ u·uᵀ` of the unit vectors u; the bound is the quantile
/// of a normal distribution of that width that one in a hundred models without any structure would
/// pass with its closest pair.
///
/// @param parted all vectors; those in none are alone in theirs
/// @param bound the cosine, 0 to 1
/// @param kept numbers of the clusters, largest first and then by cohesion, each of two members at
///   least
public record CloseClusters(ValueClusters parted, double bound, List<Kept> kept) {
  private static final double FALSE_PAIRS = 0.01;

  /// Copies the list.
  public CloseClusters {
    kept = List.copyOf(kept);
  }

  /// A cluster.
  ///
  /// @param cluster its number
  /// @param size number of members
  /// @param cohesion mean cosine of two different members
  public record Kept(int cluster, int size, double cohesion) {}

  /// How many vectors are in no cluster.
  public int inNone() {
    return parted.partition().size() - kept.stream().mapToInt(Kept::size).sum();
  }

  /// The cosine that two vectors must pass to be closer than chance.
  ///
  /// @param vectors [n, d], their mean taken off; n at least 2
  static double bound(Tensor vectors) {
    double n = vectors.size(0);
    double width =
        TensorScope.tidy(
            () -> {
              Tensor units = Agglomeration.units(vectors);
              return units
                  .transpose(0, 1)
                  .matmul(units)
                  .div(n)
                  .reshape(-1)
                  .norm(-1, /* keepAxis= */ false)
                  .item();
            });
    return Math.min(1, NormalQuantile.upper(FALSE_PAIRS / (n * (n - 1) / 2)) * width);
  }

  /// Takes out the members that are no closer than chance.
  ///
  /// @param vectors as they were clustered, [n, d]
  static CloseClusters of(ValueClusters clusters, Tensor vectors, double bound) {
    Partition partition = clusters.partition();
    int width = Math.toIntExact(vectors.size(1));
    Map<Integer, double[]> sums = new HashMap<>();
    float[] units = Agglomeration.units(vectors).toFloats();
    for (int thing = 0; thing < partition.size(); thing++) {
      if (partition.sizeOf(partition.clusterOf(thing)) > 1) {
        add(
            sums.computeIfAbsent(partition.clusterOf(thing), key -> new double[width]),
            units,
            thing);
      }
    }
    int[] labels = new int[partition.size()];
    for (int thing = 0; thing < labels.length; thing++) {
      double[] sum = sums.get(partition.clusterOf(thing));
      boolean close = sum != null && toOthers(sum, units, thing) > bound;
      labels[thing] = close ? partition.clusterOf(thing) : partition.count() + thing;
    }
    Partition left = Partition.of(labels);
    Map<Integer, double[]> again = new HashMap<>();
    for (int thing = 0; thing < labels.length; thing++) {
      if (left.sizeOf(left.clusterOf(thing)) > 1) {
        add(again.computeIfAbsent(left.clusterOf(thing), key -> new double[width]), units, thing);
      }
    }
    return new CloseClusters(
        new ValueClusters(clusters.layers(), clusters.neurons(), left, clusters.plan()),
        bound,
        IntStream.range(0, left.count())
            .filter(cluster -> left.sizeOf(cluster) > 1)
            .mapToObj(
                cluster ->
                    new Kept(
                        cluster,
                        left.sizeOf(cluster),
                        cohesion(again.getOrDefault(cluster, new double[0]), left.sizeOf(cluster))))
            .sorted(
                Comparator.comparingInt((Kept kept) -> -kept.size())
                    .thenComparingDouble(kept -> -kept.cohesion())
                    .thenComparingInt(Kept::cluster))
            .toList());
  }

  private static void add(double[] sum, float[] units, int thing) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += units[thing * sum.length + i];
    }
  }

  /// The cosine of a member with the mean direction of the others.
  private static double toOthers(double[] sum, float[] units, int thing) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < sum.length; i++) {
      double own = units[thing * sum.length + i];
      double others = sum[i] - own;
      product += own * others;
      square += others * others;
    }
    return square == 0 ? 0 : product / Math.sqrt(square);
  }

  /// From ‖Σu‖² = size + Σ over pairs of different members.
  private static double cohesion(double[] sum, int size) {
    double square = 0;
    for (double one : sum) {
      square += one * one;
    }
    return (square - size) / ((double) size * (size - 1));
  }
}
