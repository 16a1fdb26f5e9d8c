package io.lexiscope.model.forward;

import io.lexiscope.model.family.Linear;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Tensor;

/// Applies linear maps in the layout in which the checkpoint stores them.
public final class Linears {
  private Linears() {}

  /// The map of `x`, [..., d_in] to [..., d_out].
  public static Tensor apply(Linear<Tensor> linear, Tensor x) {
    return Nn.linear(x, linear.weight(), linear.bias(), linear.layout());
  }

  /// The matrix with inputs as rows, [d_in, d_out], float32; a view where it is stored in float32.
  public static Tensor rowsAreInputs(Linear<Tensor> linear) {
    Tensor stored = linear.weight();
    Tensor matrix = stored.dtype() == DType.FLOAT32 ? stored : stored.to(DType.FLOAT32);
    return switch (linear.layout()) {
      case IN_OUT -> matrix;
      case OUT_IN -> matrix.transpose(0, 1);
    };
  }
}
