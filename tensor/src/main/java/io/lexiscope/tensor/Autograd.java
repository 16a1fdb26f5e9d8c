package io.lexiscope.tensor;

import io.lexiscope.base.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Reverse-mode gradients with respect to chosen tensors. A graph is recorded only through tensors
/// marked with [Tensor#requireGrad].
public final class Autograd {
  static {
    NativeRuntime.load();
  }

  private Autograd() {}

  /// Gradients of a scalar with respect to each input; zeros where the scalar does not depend on
  /// the input. The graph is used up.
  ///
  /// @param loss a scalar
  /// @param inputs leaves or intermediate tensors of the graph
  /// @return one gradient per input, of its shape, in the innermost scope
  /// @throws TensorException if the loss is not a scalar or no input leads to it
  public static List<Tensor> grad(Tensor loss, List<Tensor> inputs) {
    if (loss.shape().elements() != 1) {
      throw new TensorException("grad: expected a scalar loss, got " + loss);
    }
    return vjp(loss, null, inputs);
  }

  /// Vector-Jacobian products: the gradients of `Σ output·cotangent` with respect to each input.
  ///
  /// @param output any tensor of the graph
  /// @param cotangent of the output's shape
  /// @return one gradient per input, of its shape, in the innermost scope
  public static List<Tensor> vjp(Tensor output, @Nullable Tensor cotangent, List<Tensor> inputs) {
    List<Tensor> gradients = new ArrayList<>(inputs.size());
    try (TensorVector outputs = new TensorVector(output.handle("grad"));
        TensorVector leaves = Tensors.vector("grad", inputs);
        TensorVector weights =
            cotangent == null ? new TensorVector() : new TensorVector(cotangent.handle("grad"));
        BoolOptional retain = new BoolOptional(false);
        TensorVector found =
            torch.grad(outputs, leaves, weights, retain, /* create= */ false, /* unused= */ true)) {
      for (int i = 0; i < inputs.size(); i++) {
        org.bytedeco.pytorch.Tensor gradient = found.get(i);
        gradients.add(
            gradient.defined()
                ? Tensor.own("grad", () -> new org.bytedeco.pytorch.Tensor(gradient))
                : Tensors.zeros(inputs.get(i).shape(), inputs.get(i).dtype()));
      }
      return gradients;
    } catch (TensorException known) {
      throw known;
    } catch (RuntimeException refused) {
      throw new TensorException("grad: " + OneLine.of(refused), refused);
    }
  }

  /// Runs the body without recording a gradient graph.
  public static <T extends @Nullable Object> T noGrad(Supplier<T> body) {
    boolean before = GradMode.is_enabled();
    GradMode.set_enabled(false);
    try {
      return body.get();
    } finally {
      GradMode.set_enabled(before);
    }
  }
}
