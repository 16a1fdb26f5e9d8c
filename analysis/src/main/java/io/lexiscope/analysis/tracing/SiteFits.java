package io.lexiscope.analysis.tracing;

import io.lexiscope.base.Seeded;
import io.lexiscope.tensor.Linalg;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.Arrays;

/// Linear readings of one place, fitted to the moments of prompts that teach and judged by those of
/// prompts that test.
final class SiteFits {
  /// Weight of the ridge, in mean variances of a number of x.
  static final double RIDGE = 1e-3;

  private static final int PLS_COMPONENTS = 5;

  /// Widest matrix of which all eigenvalues are taken.
  private static final int MOST_WHOLE = 640;

  private static final int ROUNDS = 40;

  private final Moments train;
  private final Moments test;

  SiteFits(Moments train, Moments test) {
    this.train = train;
    this.test = test;
  }

  Moments train() {
    return train;
  }

  Moments test() {
    return test;
  }

  /// Principal components of what teaches.
  ///
  /// @param directions \[component\]\[width\], unit vectors, by falling variance
  /// @param shares of the variance
  @SuppressWarnings("ArrayRecordComponent") // stays in the package
  record Components(double[][] directions, double[] shares) {}

  Components components(int count) {
    int width = train.width();
    double[] covariance = train.covariance();
    int kept = Math.min(count, width);
    double[][] found = new double[2][];
    TensorScope.tidyRun(
        () -> {
          Tensor whole = Tensors.ofDoubles(covariance, Shape.of(width, width));
          Linalg.Eigen eigen = width <= MOST_WHOLE ? Linalg.eigh(whole) : leading(whole, 3 * kept);
          long all = eigen.values().size(0);
          found[0] = Tensors.doubles(eigen.values().narrow(0, all - kept, kept));
          found[1] =
              Tensors.doubles(
                  eigen.vectors().narrow(1, all - kept, kept).transpose(0, 1).contiguous());
        });
    double all = 0;
    for (int i = 0; i < width; i++) {
      all += covariance[i * width + i];
    }
    double[][] directions = new double[kept][];
    double[] shares = new double[kept];
    for (int k = 0; k < kept; k++) {
      int row = kept - 1 - k;
      directions[k] = oriented(Arrays.copyOfRange(found[1], row * width, (row + 1) * width));
      shares[k] = all > 0 ? Math.max(0, found[0][row]) / all : 0;
    }
    return new Components(directions, shares);
  }

  /// The one of a vector and its opposite whose largest number is above 0: the sign of an
  /// eigenvector is arbitrary.
  private static double[] oriented(double[] vector) {
    double largest = 0;
    for (double number : vector) {
      largest = Math.abs(number) > Math.abs(largest) ? number : largest;
    }
    if (largest < 0) {
      scale(vector, -1);
    }
    return vector;
  }

  /// The largest eigenvalues with their vectors, by block power iteration: off by the ratio of the
  /// first eigenvalue left out to the last one wanted, to twice the power of the rounds.
  ///
  /// @see "Golub and Van Loan, Matrix Computations, §8.2.4"
  private static Linalg.Eigen leading(Tensor matrix, int block) {
    int width = Math.toIntExact(matrix.size(0));
    var random = Seeded.stream("tracing/components", width, /* index= */ 0);
    double[] start = new double[width * block];
    for (int i = 0; i < start.length; i++) {
      start[i] = random.nextGaussian();
    }
    return TensorScope.tidy(
        () -> {
          Tensor basis = orthonormal(Tensors.ofDoubles(start, Shape.of(width, block)));
          for (int round = 0; round < ROUNDS; round++) {
            basis = orthonormal(matrix.matmul(basis));
          }
          Linalg.Eigen small = Linalg.eigh(basis.transpose(0, 1).matmul(matrix.matmul(basis)));
          return new Linalg.Eigen(small.values(), basis.matmul(small.vectors()));
        });
  }

  /// Columns that span the same and are orthonormal.
  private static Tensor orthonormal(Tensor columns) {
    return Linalg.svd(columns).left();
  }

  /// Ridge regression of every target: `(C + λI)⁻¹ c`, λ [#RIDGE] mean variances.
  ///
  /// @return \[target\]\[width\]
  double[][] ridge() {
    int width = train.width();
    int targets = train.targets();
    double[] matrix = train.covariance();
    double trace = 0;
    for (int i = 0; i < width; i++) {
      trace += matrix[i * width + i];
    }
    // What does not vary at all still has an inverse, and weights of zero.
    double weight = trace > 0 ? RIDGE * trace / width : 1;
    for (int i = 0; i < width; i++) {
      matrix[i * width + i] += weight;
    }
    double[] right = new double[width * targets];
    for (int t = 0; t < targets; t++) {
      double[] with = train.with(t);
      for (int i = 0; i < width; i++) {
        right[i * targets + t] = with[i];
      }
    }
    double[] solved =
        TensorScope.tidy(
            () -> {
              Tensor a = Tensors.ofDoubles(matrix, Shape.of(width, width));
              Tensor b = Tensors.ofDoubles(right, Shape.of(width, targets));
              return Tensors.doubles(Linalg.solve(a, b));
            });
    double[][] weights = new double[targets][width];
    for (int i = 0; i < width; i++) {
      for (int t = 0; t < targets; t++) {
        weights[t][i] = solved[i * targets + t];
      }
    }
    return weights;
  }

  /// Partial least squares of one target, five components, from moments alone.
  ///
  /// @return \[width\]
  /// @see <a
  ///   href="https://doi.org/10.1002/(SICI)1099-128X(199701)11:1%3C73::AID-CEM435%3E3.0.CO;2-%23">Dayal
  ///   and MacGregor 1997</a>, algorithm 1
  double[] partialLeastSquares(int target) {
    int width = train.width();
    double[] left = train.with(target);
    double start = Math.sqrt(Moments.dot(left, left));
    double[] weights = new double[width];
    double[][] loadings = new double[PLS_COMPONENTS][];
    double[][] rotations = new double[PLS_COMPONENTS][];
    for (int k = 0; k < Math.min(PLS_COMPONENTS, width); k++) {
      double length = Math.sqrt(Moments.dot(left, left));
      if (!(length > 1e-10 * start)) {
        break;
      }
      double[] w = left.clone();
      scale(w, 1 / length);
      double[] r = w.clone();
      for (int j = 0; j < k; j++) {
        add(r, rotations[j], -Moments.dot(loadings[j], w));
      }
      double[] p = train.times(r);
      double square = Moments.dot(r, p);
      if (!(square > 0)) {
        break;
      }
      scale(p, 1 / square);
      double q = Moments.dot(r, train.with(target)) / square;
      add(left, p, -q * square);
      add(weights, r, q);
      loadings[k] = p;
      rotations[k] = r;
    }
    return weights;
  }

  private static void scale(double[] vector, double factor) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
  }

  private static void add(double[] vector, double[] other, double factor) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] += factor * other[i];
    }
  }

  /// Share of a target's variance that a reading explains: `1 − Σ(y − ŷ)² / Σ(y − ȳ)²`, ŷ with the
  /// means of what teaches. Below 0 where it reads worse than the mean.
  ///
  /// @param weights \[width\]
  /// @param judge moments of the prompts that are read
  double explained(double[] weights, int target, Moments judge) {
    int width = train.width();
    double offset = 0;
    for (int i = 0; i < width; i++) {
      offset += weights[i] * (judge.mean(i) - train.mean(i));
    }
    double bias = judge.mean(width + target) - train.mean(width + target) - offset;
    double variance = judge.covariance(width + target, width + target);
    double left =
        variance
            - 2 * Moments.dot(weights, judge.with(target))
            + Moments.dot(weights, judge.times(weights))
            + bias * bias;
    return variance > 0 ? 1 - left / variance : 0;
  }
}
