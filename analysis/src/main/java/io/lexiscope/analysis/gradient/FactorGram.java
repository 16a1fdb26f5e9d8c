package io.lexiscope.analysis.gradient;

import io.lexiscope.model.gradient.MatrixGradient;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Linalg;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;

/// What a sum of products XᵀΔ is like, from the n × n products of its factors among themselves, in
/// double precision: `‖XᵀΔ‖² = Σᵢⱼ (xᵢ·xⱼ)(δᵢ·δⱼ)`, and its squared singular values are the
/// eigenvalues of `(XXᵀ)(ΔΔᵀ)`.
///
/// Plain numbers; may be shared between threads.
public final class FactorGram {
  /// A singular value counts where it is above this share of the largest. Squaring loses what is
  /// below 1e-8 of it.
  public static final double RANK_TOLERANCE = 1e-6;

  private final int size;
  private final double[] inputs;
  private final double[] deltas;

  private FactorGram(int size, double[] inputs, double[] deltas) {
    this.size = size;
    this.inputs = inputs;
    this.deltas = deltas;
  }

  /// Of a gradient's factors.
  public static FactorGram of(MatrixGradient gradient) {
    return TensorScope.tidy(() -> of(rows(gradient.x()), rows(gradient.delta())));
  }

  /// Of factors.
  ///
  /// @param x [n, d_in]
  /// @param delta [n, d_out]
  public static FactorGram of(Tensor x, Tensor delta) {
    return TensorScope.tidy(
        () ->
            new FactorGram(
                Math.toIntExact(x.size(0)), products(x.to(DType.FLOAT64)), products(delta)));
  }

  private static Tensor rows(Tensor value) {
    return value.reshape(-1, value.size(-1));
  }

  private static double[] products(Tensor rows) {
    Tensor wide = rows.to(DType.FLOAT64);
    return Tensors.doubles(wide.matmul(wide.transpose(0, 1)));
  }

  /// Number of pairs.
  public int size() {
    return size;
  }

  /// ‖xᵢ‖.
  public double inputNorm(int index) {
    return Math.sqrt(Math.max(0, inputs[index * size + index]));
  }

  /// ‖δᵢ‖.
  public double deltaNorm(int index) {
    return Math.sqrt(Math.max(0, deltas[index * size + index]));
  }

  /// The Frobenius norm of XᵀΔ, exact to some 1e-8 of it.
  public double norm() {
    double sum = 0;
    for (int i = 0; i < inputs.length; i++) {
      sum += inputs[i] * deltas[i];
    }
    return Math.sqrt(Math.max(0, sum));
  }

  /// The n singular values of XᵀΔ that can be other than 0, descending; each off by some 1e-8 of
  /// the largest.
  public double[] singularValues() {
    return TensorScope.tidy(
        () -> {
          Linalg.Eigen own = Linalg.eigh(Tensors.ofDoubles(inputs, Shape.of(size, size)));
          double[] roots = Tensors.doubles(own.values());
          for (int i = 0; i < size; i++) {
            roots[i] = Math.sqrt(Math.max(0, roots[i]));
          }
          Tensor half = own.vectors().mul(Tensors.ofDoubles(roots, Shape.of(1, size)));
          Tensor inner =
              half.transpose(0, 1)
                  .matmul(Tensors.ofDoubles(deltas, Shape.of(size, size)))
                  .matmul(half);
          double[] squares = Tensors.doubles(Linalg.eigh(inner).values());
          double[] values = new double[size];
          for (int i = 0; i < size; i++) {
            values[i] = Math.sqrt(Math.max(0, squares[size - 1 - i]));
          }
          return values;
        });
  }

  /// How many singular values are above [#RANK_TOLERANCE] of the largest.
  public int rank() {
    double[] values = singularValues();
    int rank = 0;
    while (rank < size && values[rank] > 0 && values[rank] > RANK_TOLERANCE * values[0]) {
      rank++;
    }
    return rank;
  }
}
