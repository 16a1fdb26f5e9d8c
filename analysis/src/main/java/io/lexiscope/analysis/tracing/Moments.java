package io.lexiscope.analysis.tracing;

import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.List;

/// Sums of products of activations x and targets y over rows, from which every linear statistic
/// follows without the rows: `Σ [x y 1]ᵀ[x y 1]`. Confined to one thread.
final class Moments {
  private final int width;
  private final int targets;
  private final double[] sums;

  Moments(int width, int targets) {
    this.width = width;
    this.targets = targets;
    this.sums = new double[side() * side()];
  }

  /// Bytes that moments of a width take.
  static long bytes(long width, long targets) {
    return (width + targets + 1) * (width + targets + 1) * Double.BYTES;
  }

  private int side() {
    return width + targets + 1;
  }

  /// Adds rows.
  ///
  /// @param x [rows, width]
  /// @param y \[rows · targets\], row-major
  void add(Tensor x, double[] y) {
    long rows = x.size(0);
    double[] products =
        TensorScope.tidy(
            () -> {
              Tensor whole =
                  Tensors.cat(
                      List.of(
                          x.to(DType.FLOAT64),
                          Tensors.ofDoubles(y, Shape.of(rows, targets)),
                          Tensors.ones(Shape.of(rows, 1)).to(DType.FLOAT64)),
                      1);
              return Tensors.doubles(whole.transpose(0, 1).matmul(whole));
            });
    for (int i = 0; i < sums.length; i++) {
      sums[i] += products[i];
    }
  }

  int width() {
    return width;
  }

  int targets() {
    return targets;
  }

  double rows() {
    return sums[sums.length - 1];
  }

  /// Mean of a number of x, or, from the width on, of a target.
  double mean(int i) {
    return sums[i * side() + side() - 1] / rows();
  }

  /// Covariance of two of x and y, by the number of rows.
  double covariance(int i, int j) {
    return sums[i * side() + j] / rows() - mean(i) * mean(j);
  }

  /// Covariance of x, \[width · width\], row-major.
  double[] covariance() {
    double[] all = new double[width * width];
    double[] means = new double[width];
    for (int i = 0; i < width; i++) {
      means[i] = mean(i);
    }
    double rows = rows();
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        all[i * width + j] = sums[i * side() + j] / rows - means[i] * means[j];
      }
    }
    return all;
  }

  /// Covariance of x with a target, \[width\].
  double[] with(int target) {
    double[] all = new double[width];
    for (int i = 0; i < width; i++) {
      all[i] = covariance(i, width + target);
    }
    return all;
  }

  /// `C·w` for the covariance C of x.
  double[] times(double[] w) {
    double[] product = new double[width];
    double mean = 0;
    for (int j = 0; j < width; j++) {
      mean += mean(j) * w[j];
    }
    double rows = rows();
    for (int i = 0; i < width; i++) {
      double sum = 0;
      int row = i * side();
      for (int j = 0; j < width; j++) {
        sum += sums[row + j] * w[j];
      }
      product[i] = sum / rows - mean(i) * mean;
    }
    return product;
  }

  /// Correlation of `w·x` with a target, −1 to 1; 0 where either does not vary.
  double correlation(double[] w, int target) {
    double cross = dot(w, with(target));
    double variance = dot(w, times(w)) * covariance(width + target, width + target);
    return variance > 0 ? Math.clamp(cross / Math.sqrt(variance), -1, 1) : 0;
  }

  /// Correlation of two targets.
  double correlation(int one, int other) {
    double variance =
        covariance(width + one, width + one) * covariance(width + other, width + other);
    return variance > 0
        ? Math.clamp(covariance(width + one, width + other) / Math.sqrt(variance), -1, 1)
        : 0;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
