package io.lexiscope.model.forward;

import io.lexiscope.model.matrix.BlockMatrix;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.LowRank;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Epilogue;
import io.lexiscope.tensor.LinearWeights;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.WeightLayout;
import io.lexiscope.tensor.option.NonLinearity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies linear maps in the layout in which the checkpoint stores them.
public final class Linears {
  private Linears() {}

  /// The map of `x`, [..., d_in] to [..., d_out].
  public static Tensor apply(Linear<Tensor> linear, Tensor x) {
    return linear.added() == null
        ? Nn.linear(x, linear.weight(), linear.bias(), linear.layout())
        : apply(linear, x, new Epilogue.None());
  }

  /// The map as above, and what is done with its outputs at once.
  static Tensor apply(Linear<Tensor> linear, Tensor x, Epilogue epilogue) {
    LowRank<Tensor> added = linear.added();
    if (added == null) {
      return Nn.linear(x, linear.weight(), linear.bias(), linear.layout(), epilogue);
    }
    return TensorScope.tidy(
        () -> {
          Tensor edit = edit(added, x);
          Tensor y =
              Nn.linear(
                  x, linear.weight(), linear.bias(), linear.layout(), new Epilogue.Addition(edit));
          return switch (epilogue) {
            case Epilogue.None _ -> y;
            case Epilogue.Activation activation -> Nn.apply(activation.function(), y);
            case Epilogue.Addition addition -> addition.onto().add(y);
          };
        });
  }

  /// `(x·A)·B`, [..., d_out].
  private static Tensor edit(LowRank<Tensor> added, Tensor x) {
    Tensor inside = Nn.linear(x, added.a(), /* bias= */ null, WeightLayout.IN_OUT);
    return Nn.linear(inside, added.b(), /* bias= */ null, WeightLayout.IN_OUT);
  }

  /// Several maps of the same `x`, each as [#apply] gives it.
  static List<Tensor> apply(List<Linear<Tensor>> linears, Tensor x) {
    WeightLayout layout = linears.getFirst().layout();
    if (linears.stream().anyMatch(linear -> linear.layout() != layout || linear.added() != null)) {
      return linears.stream().map(linear -> apply(linear, x)).toList();
    }
    return Nn.linears(x, linears.stream().map(Linears::weights).toList(), layout);
  }

  /// `f(gate(x)) · up(x)`.
  static Tensor gated(Linear<Tensor> gate, NonLinearity function, Linear<Tensor> up, Tensor x) {
    if (gate.layout() == up.layout() && gate.added() == null && up.added() == null) {
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

  /// The matrix with inputs as rows and what an edit adds to it, [d_in, d_out], float32; a view
  /// where it is stored in float32 and not edited. The one way to read a matrix: [Linear#weight] is
  /// what the file holds.
  public static Tensor rowsAreInputs(Linear<Tensor> linear) {
    LowRank<Tensor> added = linear.added();
    if (added == null) {
      return stored(linear);
    }
    return TensorScope.tidy(() -> stored(linear).add(floats(added.a()).matmul(floats(added.b()))));
  }

  /// Rows of that matrix, [indices, d_out], float32, without the others.
  ///
  /// @param indices INT64, which inputs
  public static Tensor rowsOfInputs(Linear<Tensor> linear, Tensor indices) {
    return TensorScope.tidy(
        () -> {
          Tensor rows =
              switch (linear.layout()) {
                case IN_OUT -> floats(linear.weight().indexSelect(0, indices));
                case OUT_IN -> floats(linear.weight().indexSelect(1, indices)).transpose(0, 1);
              };
          LowRank<Tensor> added = linear.added();
          return added == null
              ? rows
              : rows.add(floats(added.a()).indexSelect(0, indices).matmul(floats(added.b())));
        });
  }

  /// A matrix of a block, [d_in, d_out], float32, taken out of a fused one and with what an edit
  /// adds; a view where it can be one.
  public static Tensor matrix(BlockMatrix<Tensor> matrix) {
    return TensorScope.tidy(() -> matrix.outputs().of(rowsAreInputs(matrix.linear())));
  }

  private static Tensor stored(Linear<Tensor> linear) {
    Tensor matrix = floats(linear.weight());
    return switch (linear.layout()) {
      case IN_OUT -> matrix;
      case OUT_IN -> matrix.transpose(0, 1);
    };
  }

  private static Tensor floats(Tensor stored) {
    return stored.dtype() == DType.FLOAT32 ? stored : stored.to(DType.FLOAT32);
  }
}
