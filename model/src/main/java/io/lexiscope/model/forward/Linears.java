package io.lexiscope.model.forward;

import io.lexiscope.model.family.Linear;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Epilogue;
import io.lexiscope.tensor.LinearWeights;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.WeightLayout;
import io.lexiscope.tensor.kernel.NonLinearity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies linear maps in the layout in which the checkpoint stores them.
public final class Linears {
  private Linears() {}

  /// The map of `x`, [..., d_in] to [..., d_out].
  public static Tensor apply(Linear<Tensor> linear, Tensor x) {
    return Nn.linear(x, linear.weight(), linear.bias(), linear.layout());
  }

  /// The map as above, and what is done with its outputs at once.
  static Tensor apply(Linear<Tensor> linear, Tensor x, Epilogue epilogue) {
    return Nn.linear(x, linear.weight(), linear.bias(), linear.layout(), epilogue);
  }

  /// Several maps of the same `x`, each as [#apply] gives it.
  static List<Tensor> apply(List<Linear<Tensor>> linears, Tensor x) {
    WeightLayout layout = linears.getFirst().layout();
    if (linears.stream().anyMatch(linear -> linear.layout() != layout)) {
      return linears.stream().map(linear -> apply(linear, x)).toList();
    }
    return Nn.linears(x, linears.stream().map(Linears::weights).toList(), layout);
  }

  /// `f(gate(x)) · up(x)`.
  static Tensor gated(Linear<Tensor> gate, NonLinearity function, Linear<Tensor> up, Tensor x) {
    if (gate.layout() == up.layout()) {
      return Nn.gated(x, weights(gate), function, weights(up), gate.layout());
    }
    return apply(gate, x, new Epilogue.Activation(function)).mul(apply(up, x));
  }

  private static LinearWeights weights(Linear<Tensor> linear) {
    return new LinearWeights(linear.weight(), linear.bias());
  }

  /// The map, added to a stream where there is one.
  static Tensor onto(@Nullable Tensor stream, Linear<Tensor> linear, Tensor x) {
    return stream == null ? apply(linear, x) : apply(linear, x, new Epilogue.Addition(stream));
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
