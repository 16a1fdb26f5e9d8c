package io.lexiscope.analysis.cluster;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clusters against merges made by hand and against the definition.
class AgglomerationTest {
  /// Six points on a line at 0, 1, 3, 7, 8.5 and 20.
  private static final double[] LINE = {0, 1, 3, 7, 8.5, 20};

  private static float[][] onALine() {
    float[][] distances = new float[LINE.length][LINE.length];
    for (int i = 0; i < LINE.length; i++) {
      for (int j = 0; j < LINE.length; j++) {
        distances[i][j] = (float) Math.abs(LINE[i] - LINE[j]);
      }
    }
    return distances;
  }

  private static float[] random(int rows, int width, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double[][] cosineDistances(float[] vectors, int rows, int width) {
    double[][] distances = new double[rows][rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        double dot = 0;
        double first = 0;
        double second = 0;
        for (int k = 0; k < width; k++) {
          double a = vectors[i * width + k];
          double b = vectors[j * width + k];
          dot += a * b;
          first += a * a;
          second += b * b;
        }
        distances[i][j] = 1 - dot / Math.sqrt(first * second);
      }
    }
    return distances;
  }

  /// The definition: again and again merge the two nearest of all clusters, distances taken anew
  /// from their members.
  private static Partition byDefinition(double[][] distances, Linkage linkage, int k) {
    List<List<Integer>> clusters = new ArrayList<>();
    for (int i = 0; i < distances.length; i++) {
      clusters.add(new ArrayList<>(List.of(i)));
    }
    while (clusters.size() > k) {
      int first = 0;
      int second = 1;
      double nearest = Double.POSITIVE_INFINITY;
      for (int a = 0; a < clusters.size(); a++) {
        for (int b = a + 1; b < clusters.size(); b++) {
          double distance = between(distances, clusters.get(a), clusters.get(b), linkage);
          if (distance < nearest) {
            nearest = distance;
            first = a;
            second = b;
          }
        }
      }
      clusters.get(first).addAll(clusters.remove(second));
    }
    int[] labels = new int[distances.length];
    for (int cluster = 0; cluster < clusters.size(); cluster++) {
      for (int member : clusters.get(cluster)) {
        labels[member] = cluster;
      }
    }
    return Partition.of(labels);
  }

  private static double between(
      double[][] distances, List<Integer> a, List<Integer> b, Linkage linkage) {
    double sum = 0;
    double largest = 0;
    for (int i : a) {
      for (int j : b) {
        sum += distances[i][j];
        largest = Math.max(largest, distances[i][j]);
      }
    }
    return linkage == Linkage.COMPLETE ? largest : sum / (a.size() * b.size());
  }

  private static Partition cluster(float[] vectors, int width, ClusterPlan plan, int k) {
    return TensorScope.tidy(
        () ->
            new Agglomeration(plan, StepListener.NONE)
                .cluster(Tensors.of(vectors, Shape.of(vectors.length / width, width)), k));
  }

  @Test
  void completeLinkageMergesSixPointsAsByHand() {
    Dendrogram dendrogram = Agglomeration.ofDistances(Linkage.COMPLETE, onALine());

    assertThat(dendrogram.merges())
        .containsExactly(
            new Merge(0, 1, 1f),
            new Merge(3, 4, 1.5f),
            new Merge(0, 2, 3f),
            new Merge(0, 3, 8.5f),
            new Merge(0, 5, 20f));
    assertThat(dendrogram.cut(3)).isEqualTo(Partition.of(new int[] {0, 0, 0, 1, 1, 2}));
    assertThat(dendrogram.cut(6).count()).isEqualTo(6);
    assertThat(dendrogram.cut(1).count()).isEqualTo(1);
  }

  @Test
  void averageLinkageMergesSixPointsAsByHand() {
    Dendrogram dendrogram = Agglomeration.ofDistances(Linkage.AVERAGE, onALine());

    float[] heights = new float[5];
    for (int i = 0; i < 5; i++) {
      heights[i] = dendrogram.merges().get(i).height();
    }
    // 0–1; 3–4; {0,1}–2 at (3+2)/2; {0,1,2}–{3,4}: mean of 7, 6, 4, 8.5, 7.5, 5.5; 20 to the mean.
    assertClose(
        heights,
        new float[] {1f, 1.5f, 2.5f, 38.5f / 6, (float) (20 - 19.5 / 5)},
        new Tolerance(1e-6, 1e-6));
  }

  @ParameterizedTest
  @EnumSource
  void clustersAreThoseOfTheDefinition(Linkage linkage) {
    int width = 5;
    float[] vectors = random(90, width, /* seed= */ 11);
    double[][] distances = cosineDistances(vectors, 90, width);
    ClusterPlan plan = ClusterPlan.of(linkage, 90, width, 1 << 24);

    for (int k : new int[] {1, 2, 7, 31, 89, 90}) {
      Partition found = cluster(vectors, width, plan, k);

      assertThat(found.count()).isEqualTo(k);
      assertThat(found).isEqualTo(byDefinition(distances, linkage, k));
      assertThat(cluster(vectors, width, plan, k)).isEqualTo(found);
    }
  }

  @Test
  void averageLinkageFromSumsIsThatFromAllDistances() {
    int width = 6;
    float[] vectors = random(400, width, /* seed= */ 3);
    ClusterPlan matrix = ClusterPlan.of(Linkage.AVERAGE, 400, width, 1 << 24);
    ClusterPlan sums = ClusterPlan.of(Linkage.AVERAGE, 400, width, 400_000);

    assertThat(matrix.way()).isEqualTo(ClusterPlan.Way.MATRIX);
    assertThat(sums.way()).isEqualTo(ClusterPlan.Way.SUMS);
    assertThat(sums.exact()).isTrue();
    for (int k : new int[] {3, 40, 200}) {
      assertThat(cluster(vectors, width, sums, k)).isEqualTo(cluster(vectors, width, matrix, k));
    }
  }

  @Test
  void aSampleFindsPlantedClustersAndSaysThatItIsOne() {
    int width = 16;
    float[] centres = random(5, width, /* seed= */ 1);
    float[] noise = random(3000, width, /* seed= */ 2);
    float[] vectors = new float[noise.length];
    int[] planted = new int[3000];
    for (int i = 0; i < 3000; i++) {
      planted[i] = (i * 7 + i / 11) % 5;
      for (int j = 0; j < width; j++) {
        vectors[i * width + j] = centres[planted[i] * width + j] + 0.05f * noise[i * width + j];
      }
    }
    ClusterPlan plan = ClusterPlan.of(Linkage.COMPLETE, 3000, width, 3_000_000);

    assertThat(plan.way()).isEqualTo(ClusterPlan.Way.SAMPLE);
    assertThat(plan.exact()).isFalse();
    assertThat(plan.sampled()).isBetween(100, 2999);
    assertThat(plan.bytes()).isLessThanOrEqualTo(3_000_000);
    assertThat(cluster(vectors, width, plan, 5)).isEqualTo(Partition.of(planted));
  }

  @ParameterizedTest
  @ValueSource(longs = {2_000_000, 4_000_000, 100_000_000})
  void theMemoryTakenStaysBelowTheBound(long memory) {
    int width = 8;
    ClusterPlan plan = ClusterPlan.of(Linkage.COMPLETE, 2000, width, memory);

    // The distances alone, which outweigh all else, and a block of them on its way there.
    long distances = 4L * plan.sampled() * (plan.sampled() - 1) / 2;
    long block = 4L * ClusterPlan.BLOCK * plan.sampled();

    assertThat(plan.bytes()).isLessThanOrEqualTo(memory);
    assertThat(distances + block).isLessThan(plan.bytes());
    assertThat(plan.exact()).isEqualTo(memory == 100_000_000);
  }

  @Test
  void aVectorOfLengthZeroIsFarFromAll() {
    float[] vectors = {1, 0, 1, 0.1f, 0, 0, 0, 1, 0.1f, 1};
    ClusterPlan plan = ClusterPlan.of(Linkage.COMPLETE, 5, 2, 1 << 20);

    assertThat(cluster(vectors, 2, plan, 3)).isEqualTo(Partition.of(new int[] {0, 0, 1, 2, 2}));
  }

  @Test
  void aListenerThatThrowsEndsTheWorkAndLeavesNothing() {
    float[] vectors = random(60, 4, /* seed= */ 1);
    long live = TensorScope.liveTensors();
    ClusterPlan plan = ClusterPlan.of(Linkage.AVERAGE, 60, 4, 1 << 20);
    Agglomeration stopped =
        new Agglomeration(
            plan,
            (done, total) -> {
              if (done == 10) {
                throw new ClusterException("stopped at 10 of " + total);
              }
            });

    assertThatThrownBy(
            () ->
                TensorScope.tidyRun(() -> stopped.cluster(Tensors.of(vectors, Shape.of(60, 4)), 3)))
        .hasMessage("stopped at 10 of 59");
    assertThat(TensorScope.liveTensors()).isEqualTo(live);
  }

  @Test
  void countsAndMemoryThatCannotBeAreRefused() {
    float[] vectors = random(10, 4, /* seed= */ 1);
    ClusterPlan plan = ClusterPlan.of(Linkage.COMPLETE, 10, 4, 1 << 20);

    assertThatThrownBy(() -> cluster(vectors, 4, plan, 0))
        .hasMessage("clusters: expected a number of clusters from 1 to 10, got 0");
    assertThatThrownBy(() -> cluster(vectors, 4, plan, 11))
        .hasMessage("clusters: expected a number of clusters from 1 to 10, got 11");
    assertThatThrownBy(() -> ClusterPlan.of(Linkage.COMPLETE, 10_000, 4, 1000))
        .hasMessageStartingWith("clusters: expected at least ")
        .hasMessageEndingWith(" got 1000; allow more");
  }

  @Test
  void vectorsThatAreNotFiniteAreRefused() {
    float[] vectors = random(10, 4, /* seed= */ 1);
    vectors[17] = Float.NaN;
    ClusterPlan plan = ClusterPlan.of(Linkage.COMPLETE, 10, 4, 1 << 20);

    assertThatThrownBy(() -> cluster(vectors, 4, plan, 2))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("expected finite vectors");
  }
}
