package io.lexiscope.model.gradient;

import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorHolder;
import io.lexiscope.tensor.TensorScope;
import java.util.stream.Stream;

/// The two factors of a matrix's gradient, `∂loss/∂W = Σ xᵀδ` over batch and positions.
///
/// @param x what the matrix was given, [batch, pos, d_in], float32
/// @param delta δ, the gradient of the loss with respect to what it gave, [batch, pos, d_out],
///   float32; zero at positions that the loss does not depend on
/// @see <a href="https://arxiv.org/abs/2402.12865">Katz et al. 2024, eqs. 6 and 8</a>
public record MatrixGradient(Tensor x, Tensor delta) implements TensorHolder {
  @Override
  public Stream<Tensor> tensors() {
    return Stream.of(x, delta);
  }

  /// The gradient itself, [d_in, d_out], as large as the matrix; in the innermost scope.
  public Tensor dense() {
    return TensorScope.tidy(
        () -> x.reshape(-1, x.size(-1)).transpose(0, 1).matmul(delta.reshape(-1, delta.size(-1))));
  }
}
