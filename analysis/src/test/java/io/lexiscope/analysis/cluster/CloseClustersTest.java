package io.lexiscope.analysis.cluster;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.base.Seeded;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Clusters hold only what is closer than chance.
class CloseClustersTest {
  private static final int VECTORS = 300;
  private static final int WIDTH = 64;
  private static final int MEMBERS = 5;
  private static final int GROUPS = 3;

  /// Normal numbers; the vectors 0–4, 5–9 and 10–14 near three directions.
  private static float[] vectors(boolean grouped) {
    RandomGenerator random = Seeded.LXM.from(5);
    float[] rows = new float[VECTORS * WIDTH];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    for (int row = 0; grouped && row < GROUPS * MEMBERS; row++) {
      int first = row / MEMBERS * MEMBERS;
      for (int i = 0; row != first && i < WIDTH; i++) {
        rows[row * WIDTH + i] = rows[first * WIDTH + i] + 0.3f * rows[row * WIDTH + i];
      }
    }
    return rows;
  }

  private static CloseClusters close(float[] rows, int k) {
    return TensorScope.tidy(
        () -> {
          Tensor raw = Tensors.of(rows, Shape.of(VECTORS, WIDTH));
          Tensor vectors = raw.sub(raw.mean(0, /* keepAxis= */ true));
          double bound = CloseClusters.bound(vectors);
          ClusterPlan plan = ClusterPlan.of(Linkage.COMPLETE, VECTORS, WIDTH, 1 << 26);
          Partition parted =
              new Agglomeration(plan, StepListener.NONE)
                  .cluster(vectors, merges -> k == 0 ? merges.cutAt(1 - bound) : merges.cut(k));
          return CloseClusters.of(new ValueClusters(1, VECTORS, parted, plan), vectors, bound);
        });
  }

  @Test
  void theBoundIsTheQuantileOfTheRootMeanSquareCosine() {
    float[] rows = vectors(/* grouped= */ false);
    double[] mean = new double[WIDTH];
    for (int i = 0; i < rows.length; i++) {
      mean[i % WIDTH] += rows[i] / (double) VECTORS;
    }
    double[][] units = new double[VECTORS][WIDTH];
    for (int row = 0; row < VECTORS; row++) {
      double square = 0;
      for (int i = 0; i < WIDTH; i++) {
        units[row][i] = rows[row * WIDTH + i] - mean[i];
        square += units[row][i] * units[row][i];
      }
      for (int i = 0; i < WIDTH; i++) {
        units[row][i] /= Math.sqrt(square);
      }
    }
    double squares = 0;
    for (double[] a : units) {
      for (double[] b : units) {
        double cosine = 0;
        for (int i = 0; i < WIDTH; i++) {
          cosine += a[i] * b[i];
        }
        squares += cosine * cosine;
      }
    }
    double rms = Math.sqrt(squares) / VECTORS;

    // 5.0482 is exceeded with the probability 0.01 ÷ (300·299 ÷ 2 pairs), by scipy's norm.isf.
    assertClose(close(rows, 0).bound(), 5.0482 * rms, new Tolerance(1e-4, 1e-4));
  }

  @Test
  void vectorsWithoutStructureAreInNone() {
    assertThat(close(vectors(/* grouped= */ false), 0).inNone()).isEqualTo(VECTORS);
    assertThat(close(vectors(/* grouped= */ false), 0).kept()).isEmpty();
  }

  @Test
  void plantedGroupsAreFoundWholeAndNothingElseIs() {
    CloseClusters found = close(vectors(/* grouped= */ true), 0);

    assertThat(found.kept()).hasSize(GROUPS);
    assertThat(found.inNone()).isEqualTo(VECTORS - GROUPS * MEMBERS);
    for (CloseClusters.Kept kept : found.kept()) {
      assertThat(kept.size()).isEqualTo(MEMBERS);
      assertThat(kept.cohesion()).isBetween(0.8, 1.0);
      assertThat(
              found.parted().partition().members(kept.cluster()).map(i -> i / MEMBERS).distinct())
          .hasSize(1);
    }
    assertThat(found.kept().stream().map(CloseClusters.Kept::cohesion).toList())
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @Test
  void whatIsPartedIntoAGivenNumberLosesTheMembersThatAreNoCloserThanChance() {
    CloseClusters found = close(vectors(/* grouped= */ true), 20);

    assertThat(found.kept().stream().mapToInt(CloseClusters.Kept::size).sum())
        .isLessThan(VECTORS / 2);
    assertThat(found.inNone()).isGreaterThan(VECTORS / 2);
  }
}
