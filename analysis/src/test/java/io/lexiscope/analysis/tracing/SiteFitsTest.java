package io.lexiscope.analysis.tracing;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.base.Seeded;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SiteFitsTest {
  private static final Tolerance ROUNDING = new Tolerance(1e-8, 1e-6);

  /// Rows of x that follow y1 along one direction, and noise.
  @SuppressWarnings("ArrayRecordComponent") // stays in the test
  private record Data(double[][] x, double[][] y) {
    static Data drawn(int rows, int width, long seed) {
      RandomGenerator random = Seeded.LXM.from(seed);
      double[][] x = new double[rows][width];
      double[][] y = new double[rows][2];
      for (int i = 0; i < rows; i++) {
        y[i][0] = random.nextGaussian();
        y[i][1] = random.nextGaussian() + 3;
        for (int j = 0; j < width; j++) {
          // As float32, as activations are.
          x[i][j] = (float) (random.nextGaussian() + (j + 1.0) / width * y[i][0] + j);
        }
      }
      return new Data(x, y);
    }

    Moments moments() {
      Moments moments = new Moments(x[0].length, 2);
      for (int from = 0; from < x.length; from += 7) {
        int end = Math.min(x.length, from + 7);
        float[] flat = new float[(end - from) * x[0].length];
        double[] targets = new double[(end - from) * 2];
        for (int i = from; i < end; i++) {
          for (int j = 0; j < x[0].length; j++) {
            flat[(i - from) * x[0].length + j] = (float) x[i][j];
          }
          targets[(i - from) * 2] = y[i][0];
          targets[(i - from) * 2 + 1] = y[i][1];
        }
        int rows = end - from;
        TensorScope.tidyRun(
            () -> moments.add(Tensors.of(flat, Shape.of(rows, x[0].length)), targets));
      }
      return moments;
    }

    double mean(int column) {
      return Arrays.stream(x).mapToDouble(row -> row[column]).average().orElseThrow();
    }

    double[] read(double[] w) {
      return Arrays.stream(x).mapToDouble(row -> Moments.dot(row, w)).toArray();
    }

    double[] target(int t) {
      return Arrays.stream(y).mapToDouble(row -> row[t]).toArray();
    }

    double covariance(double[] a, double[] b) {
      double meanA = Arrays.stream(a).average().orElseThrow();
      double meanB = Arrays.stream(b).average().orElseThrow();
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += (a[i] - meanA) * (b[i] - meanB);
      }
      return sum / a.length;
    }

    double[] column(int j) {
      return Arrays.stream(x).mapToDouble(row -> row[j]).toArray();
    }
  }

  @Test
  void correlationsAndSharesAreThoseOfTheRows() {
    Data teach = Data.drawn(50, 5, 1);
    Data judge = Data.drawn(40, 5, 2);
    SiteFits fits = new SiteFits(teach.moments(), judge.moments());
    double[] w = {0.3, -0.1, 0.2, 0.5, 0.4};
    double[] read = judge.read(w);
    double[] y = judge.target(0);

    double r =
        judge.covariance(read, y)
            / Math.sqrt(judge.covariance(read, read) * judge.covariance(y, y));
    double offset = Arrays.stream(teach.target(0)).average().orElseThrow();
    for (int j = 0; j < 5; j++) {
      offset -= w[j] * teach.mean(j);
    }
    double left = 0;
    double all = 0;
    double mean = Arrays.stream(y).average().orElseThrow();
    for (int i = 0; i < y.length; i++) {
      left += Math.pow(y[i] - read[i] - offset, 2);
      all += Math.pow(y[i] - mean, 2);
    }

    assertClose(
        new double[] {fits.test().correlation(w, 0), fits.explained(w, 0, fits.test())},
        new double[] {r, 1 - left / all},
        ROUNDING);
  }

  @Test
  void ridgeWeightsSolveTheNormalEquations() {
    Data teach = Data.drawn(60, 6, 3);
    double[][] weights = new SiteFits(teach.moments(), teach.moments()).ridge();

    double trace = 0;
    for (int i = 0; i < 6; i++) {
      trace += teach.covariance(teach.column(i), teach.column(i));
    }
    double[] left = new double[12];
    double[] right = new double[12];
    for (int t = 0; t < 2; t++) {
      for (int i = 0; i < 6; i++) {
        left[t * 6 + i] = SiteFits.RIDGE * trace / 6 * weights[t][i];
        for (int j = 0; j < 6; j++) {
          left[t * 6 + i] += teach.covariance(teach.column(i), teach.column(j)) * weights[t][j];
        }
        right[t * 6 + i] = teach.covariance(teach.column(i), teach.target(t));
      }
    }
    assertClose(left, right, ROUNDING);
  }

  @Test
  void asManyPartialLeastSquaresAsColumnsAreLeastSquares() {
    Data teach = Data.drawn(60, 4, 4);
    double[] weights = new SiteFits(teach.moments(), teach.moments()).partialLeastSquares(0);

    double[] left = new double[4];
    double[] right = new double[4];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        left[i] += teach.covariance(teach.column(i), teach.column(j)) * weights[j];
      }
      right[i] = teach.covariance(teach.column(i), teach.target(0));
    }
    assertClose(left, right, ROUNDING);
  }

  /// Row by row, taking off what a component explains (NIPALS).
  @Test
  void fivePartialLeastSquaresOfSevenColumnsAreThoseOfTheRows() {
    Data teach = Data.drawn(60, 7, 6);
    double[] weights = new SiteFits(teach.moments(), teach.moments()).partialLeastSquares(0);

    double[] y = teach.target(0);
    double mean = Arrays.stream(y).average().orElseThrow();
    double[][] left = new double[60][7];
    double[] expected = new double[60];
    double[] read = teach.read(weights);
    for (int j = 0; j < 7; j++) {
      for (int i = 0; i < 60; i++) {
        left[i][j] = teach.x()[i][j] - teach.mean(j);
        read[i] -= weights[j] * teach.mean(j);
      }
    }
    for (int k = 0; k < 5; k++) {
      double[] w = new double[7];
      for (int i = 0; i < 60; i++) {
        for (int j = 0; j < 7; j++) {
          w[j] += left[i][j] * (y[i] - mean);
        }
      }
      double[] t = Arrays.stream(left).mapToDouble(row -> Moments.dot(row, w)).toArray();
      double square = Moments.dot(t, t);
      double q = Moments.dot(t, y) / square;
      double[] p = new double[7];
      for (int i = 0; i < 60; i++) {
        for (int j = 0; j < 7; j++) {
          p[j] += left[i][j] * t[i] / square;
        }
      }
      for (int i = 0; i < 60; i++) {
        expected[i] += q * t[i];
        for (int j = 0; j < 7; j++) {
          left[i][j] -= t[i] * p[j];
        }
      }
    }
    assertClose(read, expected, ROUNDING);
  }

  @Test
  void componentsAreEigenvectorsWideAndNarrow() {
    for (int width : new int[] {8, 700}) {
      Data teach = Data.drawn(90, width, 5);
      Moments moments = teach.moments();
      SiteFits.Components found = new SiteFits(moments, moments).components(3);
      double trace = 0;
      for (int i = 0; i < width; i++) {
        trace += moments.covariance(i, i);
      }
      for (int k = 0; k < 3; k++) {
        double[] u = found.directions()[k];
        double[] image = moments.times(u);
        double value = Moments.dot(u, image);
        double off = 0;
        for (int i = 0; i < width; i++) {
          off += Math.pow(image[i] - value * u[i], 2);
        }
        assertThat(Math.sqrt(off)).as("width %d, component %d", width, k).isLessThan(0.02 * value);
        assertClose(
            new double[] {found.shares()[k] * trace}, new double[] {value}, new Tolerance(0, 1e-3));
        assertThat(k == 0 || found.shares()[k - 1] >= found.shares()[k]).isTrue();
      }
    }
  }
}
