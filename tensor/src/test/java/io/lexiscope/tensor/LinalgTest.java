package io.lexiscope.tensor;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.base.Seeded;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinalgTest {
  private static final int N = 7;

  private static double[] random(int count, long seed) {
    RandomGenerator random = Seeded.LXM.from(seed);
    double[] numbers = new double[count];
    Arrays.setAll(numbers, i -> random.nextGaussian());
    return numbers;
  }

  private static double[] symmetric(int n, long seed) {
    double[] a = random(n * n, seed);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        a[j * n + i] = a[i * n + j];
      }
    }
    return a;
  }

  /// Products of plain arrays, [rows, inner] · [inner, columns].
  private static double[] times(double[] a, double[] b, int rows, int inner, int columns) {
    double[] product = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < inner; k++) {
          product[i * columns + j] += a[i * inner + k] * b[k * columns + j];
        }
      }
    }
    return product;
  }

  private static double[] turned(double[] a, int rows, int columns) {
    double[] turned = new double[a.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = a[i * columns + j];
      }
    }
    return turned;
  }

  private static double[] identity(int n) {
    double[] identity = new double[n * n];
    for (int i = 0; i < n; i++) {
      identity[i * n + i] = 1;
    }
    return identity;
  }

  private static void close(double[] actual, double[] expected, double within) {
    assertThat(actual).hasSameSizeAs(expected).isNotEmpty();
    for (int i = 0; i < actual.length; i++) {
      assertClose(actual[i], expected[i], Tolerance.within(within));
    }
  }

  private static double bound(DType type) {
    return type == DType.FLOAT64 ? 1e-12 : 2e-5;
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void eigenvectorsAreStretchedByTheirEigenvalues(DType type) {
    TensorScope.tidyRun(
        () -> {
          double[] a = symmetric(N, 1);

          Linalg.Eigen eigen = Linalg.eigh(Tensors.ofDoubles(a, Shape.of(N, N)).to(type));

          double[] values = Tensors.doubles(eigen.values());
          double[] vectors = Tensors.doubles(eigen.vectors());
          assertThat(eigen.values().dtype()).isEqualTo(type);
          double[] stretched = vectors.clone();
          for (int i = 0; i < stretched.length; i++) {
            stretched[i] *= values[i % N];
          }
          close(times(a, vectors, N, N, N), stretched, bound(type));
          close(times(turned(vectors, N, N), vectors, N, N, N), identity(N), bound(type));
          assertThat(values).isSorted();
        });
  }

  /// Of the second difference matrix: 2 − 2·cos(kπ/(n+1)).
  @Test
  void eigenvaluesAreThoseOfTheTextbook() {
    TensorScope.tidyRun(
        () -> {
          double[] a = new double[N * N];
          double[] expected = new double[N];
          for (int i = 0; i < N; i++) {
            a[i * N + i] = 2;
            if (i > 0) {
              a[i * N + i - 1] = -1;
            }
            expected[i] = 2 - 2 * Math.cos((i + 1) * Math.PI / (N + 1));
          }

          // Nothing above the diagonal: it is not read.
          close(
              Tensors.doubles(Linalg.eigh(Tensors.ofDoubles(a, Shape.of(N, N))).values()),
              expected,
              1e-13);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void singularFactorsMultiplyToTheMatrix(DType type) {
    TensorScope.tidyRun(
        () -> {
          for (int columns : new int[] {3, 9}) {
            int k = Math.min(N, columns);
            double[] a = random(N * columns, 2);

            Linalg.Svd svd = Linalg.svd(Tensors.ofDoubles(a, Shape.of(N, columns)).to(type));

            double[] left = Tensors.doubles(svd.left());
            double[] right = Tensors.doubles(svd.right());
            double[] values = Tensors.doubles(svd.values());
            double[] scaled = left.clone();
            for (int i = 0; i < scaled.length; i++) {
              scaled[i] *= values[i % k];
            }
            close(times(scaled, right, N, k, columns), a, bound(type));
            close(times(turned(left, N, k), left, k, N, k), identity(k), bound(type));
            close(times(right, turned(right, k, columns), k, columns, k), identity(k), bound(type));
            assertThat(values).isSortedAccordingTo((x, y) -> Double.compare(y, x));
            assertThat(values[k - 1]).isGreaterThan(0);
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void aSolutionTimesTheMatrixIsTheRightHandSide(DType type) {
    TensorScope.tidyRun(
        () -> {
          double[] a = symmetric(N, 3);
          for (int i = 0; i < N; i++) {
            a[i * N + i] += 5;
          }
          double[] x = random(N * 2, 4);
          double[] b = times(a, x, N, N, 2);

          Tensor solution =
              Linalg.solve(
                  Tensors.ofDoubles(a, Shape.of(N, N)).to(type),
                  Tensors.ofDoubles(b, Shape.of(N, 2)).to(type));

          close(Tensors.doubles(solution), x, bound(type));
          assertThat(solution.dtype()).isEqualTo(type);
        });
  }

  @Test
  void everyMatrixOfABatchIsTakenByItself() {
    TensorScope.tidyRun(
        () -> {
          Tensor two = Tensors.ofDoubles(new double[] {1, 0, 0, 2, 5, 0, 0, 3}, Shape.of(2, 2, 2));
          Tensor right = Tensors.ofDoubles(new double[] {1, 2, 5, 3}, Shape.of(2, 2, 1));

          close(Tensors.doubles(Linalg.eigh(two).values()), new double[] {1, 2, 3, 5}, 1e-15);
          close(Tensors.doubles(Linalg.svd(two).values()), new double[] {2, 1, 5, 3}, 1e-15);
          close(Tensors.doubles(Linalg.solve(two, right)), new double[] {1, 1, 1, 1}, 1e-15);
        });
  }

  @Test
  void aMatrixWithoutAnInverseIsRefused() {
    TensorScope.tidyRun(
        () -> {
          Tensor singular = Tensors.ofDoubles(new double[] {1, 2, 2, 4}, Shape.of(2, 2));
          Tensor b = Tensors.ofDoubles(new double[] {1, 1}, Shape.of(2, 1));

          assertThatThrownBy(() -> Linalg.solve(singular, b))
              .isInstanceOf(TensorException.class)
              .hasMessageStartingWith(
                  "solve: expected a matrix that has an inverse, got [2, 2] float64; ")
              .hasMessageContaining("singular");
        });
  }

  @Test
  void whatIsNoMatrixOfNumbersIsRefused() {
    TensorScope.tidyRun(
        () -> {
          Tensor wide = Tensors.zeros(Shape.of(2, 3));
          Tensor holed = Tensors.of(new float[] {1, Float.NaN, 0, 1}, Shape.of(2, 2));
          Tensor square = Tensors.zeros(Shape.of(2, 2));

          assertThatThrownBy(() -> Linalg.eigh(wide))
              .hasMessage("eigh: expected a square matrix [n, n], got [2, 3] float32");
          assertThatThrownBy(() -> Linalg.svd(Tensors.of(1f, 2f)))
              .hasMessage("svd: expected a matrix [m, n], got [2] float32");
          assertThatThrownBy(() -> Linalg.eigh(holed))
              .hasMessage("eigh: expected finite numbers, got infinities or NaN in [2, 2] float32");
          assertThatThrownBy(() -> Linalg.svd(square.to(DType.FLOAT16)))
              .hasMessage("svd: expected float32 or float64, got [2, 2] float16; convert it first");
          assertThatThrownBy(() -> Linalg.solve(square, Tensors.of(1f, 2f)))
              .hasMessage(
                  "solve: expected right-hand sides [batch…, n, k] for matrices [2, 2] float32, got [2] float32");
        });
  }
}
