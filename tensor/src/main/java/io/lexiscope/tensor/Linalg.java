package io.lexiscope.tensor;

import io.lexiscope.base.OneLine;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;

/// Decompositions of dense matrices and linear systems, by LAPACK through libtorch, in the
/// operands' own precision: FLOAT32 or FLOAT64. Axes before the last two are a batch.
///
/// Results are those of the factorisation, not repaired: with unit roundoff u an eigenvalue or a
/// singular value is off by a small multiple of `n·u·‖A‖₂`, whatever its own size, and a solution
/// by one of `n·u·κ(A)` relative to its length.
///
/// @see "Golub and Van Loan, Matrix Computations, §3.5, §8.3, §8.6"
public final class Linalg {
  static {
    NativeRuntime.load();
  }

  private Linalg() {}

  /// Eigenvalues and eigenvectors of symmetric matrices.
  ///
  /// @param values [batch…, n], ascending
  /// @param vectors [batch…, n, n], a unit eigenvector in each column, orthogonal to the others;
  ///   its sign is arbitrary
  public record Eigen(Tensor values, Tensor vectors) implements TensorHolder {
    @Override
    public Stream<Tensor> tensors() {
      return Stream.of(values, vectors);
    }
  }

  /// Singular values and vectors, `A = left · diag(values) · right`.
  ///
  /// @param left [batch…, m, k] with orthonormal columns
  /// @param values [batch…, k], descending, none below 0
  /// @param right [batch…, k, n] with orthonormal rows; the sign of a pair is arbitrary
  public record Svd(Tensor left, Tensor values, Tensor right) implements TensorHolder {
    @Override
    public Stream<Tensor> tensors() {
      return Stream.of(left, values, right);
    }
  }

  /// Eigenvalues and eigenvectors of symmetric matrices.
  ///
  /// @param symmetric [batch…, n, n]; what lies above the diagonal is not read
  /// @throws TensorException if the matrices are not square, of another type, not finite, or the
  ///   iteration does not converge
  public static Eigen eigh(Tensor symmetric) {
    requireSquare("eigh", symmetric);
    requireNumbers("eigh", symmetric);
    try (T_TensorTensor_T pair =
        computed(
            "eigh",
            "a matrix whose eigenvalues converge",
            symmetric,
            () -> torch.linalg_eigh(symmetric.handle("eigh"), "L"))) {
      return new Eigen(
          Tensor.own("eigh", () -> new org.bytedeco.pytorch.Tensor(pair.get0())),
          Tensor.own("eigh", () -> new org.bytedeco.pytorch.Tensor(pair.get1())));
    }
  }

  /// The thin singular value decomposition, `k = min(m, n)`.
  ///
  /// @param matrix [batch…, m, n]
  /// @throws TensorException if there are fewer than two axes, another type, numbers that are not
  ///   finite, or the iteration does not converge
  public static Svd svd(Tensor matrix) {
    if (matrix.shape().rank() < 2) {
      throw new TensorException("svd: expected a matrix [m, n], got " + matrix);
    }
    requireNumbers("svd", matrix);
    try (StringViewOptional driver = new StringViewOptional();
        T_TensorTensorTensor_T three =
            computed(
                "svd",
                "a matrix whose singular values converge",
                matrix,
                () -> torch.linalg_svd(matrix.handle("svd"), /* full_matrices= */ false, driver))) {
      return new Svd(
          Tensor.own("svd", () -> new org.bytedeco.pytorch.Tensor(three.get0())),
          Tensor.own("svd", () -> new org.bytedeco.pytorch.Tensor(three.get1())),
          Tensor.own("svd", () -> new org.bytedeco.pytorch.Tensor(three.get2())));
    }
  }

  /// The solution of `A·X = B`, by elimination with row exchanges. A matrix that is nearly singular
  /// is solved all the same: its condition is the caller's to know.
  ///
  /// @param a [batch…, n, n]
  /// @param b [batch…, n, k], of the same type
  /// @return X, [batch…, n, k]
  /// @throws TensorException if the shapes or types do not fit, numbers are not finite, or a matrix
  ///   has no inverse
  public static Tensor solve(Tensor a, Tensor b) {
    requireSquare("solve", a);
    int rank = b.shape().rank();
    if (rank != a.shape().rank() || b.size(rank - 2) != a.size(rank - 1)) {
      throw new TensorException(
          "solve: expected right-hand sides [batch…, n, k] for matrices %s, got %s"
              .formatted(a, b));
    }
    requireNumbers("solve", a);
    requireNumbers("solve", b);
    return Tensor.own(
        "solve",
        () ->
            computed(
                "solve",
                "a matrix that has an inverse",
                a,
                () -> torch.linalg_solve(a.handle("solve"), b.handle("solve"), /* left= */ true)));
  }

  private static <T> T computed(
      String operation, String expected, Tensor operand, Supplier<T> compute) {
    try {
      return compute.get();
    } catch (TensorException known) {
      throw known;
    } catch (RuntimeException refused) {
      throw new TensorException(
          "%s: expected %s, got %s; %s"
              .formatted(operation, expected, operand, OneLine.of(refused)),
          refused);
    }
  }

  private static void requireSquare(String operation, Tensor matrix) {
    int rank = matrix.shape().rank();
    if (rank < 2 || matrix.size(rank - 1) != matrix.size(rank - 2)) {
      throw new TensorException(
          "%s: expected a square matrix [n, n], got %s".formatted(operation, matrix));
    }
  }

  private static void requireNumbers(String operation, Tensor matrix) {
    if (matrix.dtype() != DType.FLOAT32 && matrix.dtype() != DType.FLOAT64) {
      throw new TensorException(
          "%s: expected float32 or float64, got %s; convert it first".formatted(operation, matrix));
    }
    if (!matrix.allFinite()) {
      throw new TensorException(
          "%s: expected finite numbers, got infinities or NaN in %s".formatted(operation, matrix));
    }
  }
}
