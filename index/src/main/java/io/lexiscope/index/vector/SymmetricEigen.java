package io.lexiscope.index.vector;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's cyclic rotations in double
/// precision.
///
/// @see "Golub and Van Loan, Matrix Computations, §8.5"
final class SymmetricEigen {
  private static final int MOST_SWEEPS = 60;
  private static final double TOLERANCE = 1e-13;

  private final double[] values;

  /// One eigenvector in each column.
  private final double[][] vectors;

  private final int[] order;

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
    this.order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /// @param symmetric overwritten; the mean of the two halves is taken
  static SymmetricEigen of(double[][] symmetric) {
    int size = symmetric.length;
    double[][] a = symmetric;
    double[][] v = new double[size][size];
    for (int i = 0; i < size; i++) {
      v[i][i] = 1;
      for (int j = 0; j < i; j++) {
        double mean = (a[i][j] + a[j][i]) / 2;
        a[i][j] = mean;
        a[j][i] = mean;
      }
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a) > TOLERANCE * diagonal(a); sweep++) {
      for (int p = 0; p < size; p++) {
        for (int q = p + 1; q < size; q++) {
          rotate(a, v, p, q);
        }
      }
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = a[i][i];
    }
    return new SymmetricEigen(values, v);
  }

  private static double diagonal(double[][] a) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i][i]));
    }
    return largest;
  }

  private static double offDiagonal(double[][] a) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        largest = Math.max(largest, Math.abs(a[i][j]));
      }
    }
    return largest;
  }

  private static void rotate(double[][] a, double[][] v, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double kp = a[k][p];
      double kq = a[k][q];
      a[k][p] = c * kp - s * kq;
      a[k][q] = s * kp + c * kq;
    }
    double[] rowP = a[p];
    double[] rowQ = a[q];
    for (int k = 0; k < a.length; k++) {
      double pk = rowP[k];
      double qk = rowQ[k];
      rowP[k] = c * pk - s * qk;
      rowQ[k] = s * pk + c * qk;
    }
    for (double[] row : v) {
      double kp = row[p];
      double kq = row[q];
      row[p] = c * kp - s * kq;
      row[q] = s * kp + c * kq;
    }
  }

  /// The eigenvalue of a rank from 0, largest first.
  double value(int rank) {
    return values[order[rank]];
  }

  /// The unit eigenvector of a rank from 0.
  double[] vector(int rank) {
    double[] vector = new double[values.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = vectors[i][order[rank]];
    }
    return vector;
  }

  /// The symmetric square root; eigenvalues below 0 by rounding count as 0.
  double[][] squareRoot() {
    int size = values.length;
    double[][] root = new double[size][size];
    for (int k = 0; k < size; k++) {
      double scale = Math.sqrt(Math.max(0, values[k]));
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          root[i][j] += scale * vectors[i][k] * vectors[j][k];
        }
      }
    }
    return root;
  }
}
