package io.lexiscope.tensor;

import io.lexiscope.tensor.block.BlockType;
import io.lexiscope.tensor.internal.kernel.Finish;
import io.lexiscope.tensor.internal.kernel.KernelGroup;
import io.lexiscope.tensor.internal.kernel.Kernels;
import io.lexiscope.tensor.internal.kernel.Matrix;
import io.lexiscope.tensor.internal.kernel.Output;
import io.lexiscope.tensor.internal.kernel.Products;
import io.lexiscope.tensor.internal.kernel.WeightType;
import io.lexiscope.tensor.option.NonLinearity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.GradMode;
import org.jspecify.annotations.Nullable;

/// The rule for which linear maps go through the kernels: float32 rows on the processor, a weight
/// in any float type or in blocks that lies row by row, no gradient recorded, no mixed precision.
final class InferenceLinear {
  /// More rows than this are left to libtorch: nothing was measured beyond.
  private static final long MOST_ROWS = 4096;

  private static final int FEWEST_INPUTS = 16;

  /// Most rows in bfloat16: with more libtorch has instructions that Java has not.
  private static final long MOST_ROWS_OF_HALVES = 4;

  private InferenceLinear() {}

  /// The map through the kernels, or null where libtorch is to do it.
  static @Nullable Tensor of(Tensor x, Tensor weight, @Nullable Tensor bias, WeightLayout layout) {
    if (x.dtype() == DType.BFLOAT16) {
      return ofFewHalves(x, weight, bias, layout);
    }
    return of(x, weight, bias, layout, new Epilogue.None());
  }

  /// Few rows in bfloat16, which are bound by reading the weight: summed in float32 and rounded
  /// once, as libtorch does.
  private static @Nullable Tensor ofFewHalves(
      Tensor x, Tensor weight, @Nullable Tensor bias, WeightLayout layout) {
    boolean few =
        weight.dtype() == DType.BFLOAT16
            && x.shape().elements() <= MOST_ROWS_OF_HALVES * x.size(-1)
            && NativeRuntime.kernels().inUse(KernelGroup.HALVES);
    if (!few) {
      return null;
    }
    return TensorScope.tidy(
        () -> {
          Tensor wide = x.to(DType.FLOAT32);
          Tensor y = of(wide, weight, bias, layout, new Epilogue.None());
          return y == null ? null : y.to(DType.BFLOAT16);
        });
  }

  /// The same, with what is done with the outputs.
  static @Nullable Tensor of(
      Tensor x, Tensor weight, @Nullable Tensor bias, WeightLayout layout, Epilogue epilogue) {
    Kernels kernels = NativeRuntime.kernels();
    boolean apart = layout == WeightLayout.IN_OUT && weight.dtype() == DType.BLOCKS;
    if (kernels.mode() == Kernels.Mode.OFF || apart || !fits(x, weight, bias)) {
      return null;
    }
    int out = Math.toIntExact(weight.size(layout == WeightLayout.OUT_IN ? 0 : 1));
    long rows = x.shape().elements() / x.size(-1);
    if (rows < 1 || rows > MOST_ROWS) {
      return null;
    }
    Optional<Products> products =
        kernels.forProduct(group(rows, weight), (double) x.shape().elements() * out);
    if (products.isEmpty()) {
      return null;
    }
    if (out < Products.fewestOutputs()) {
      return null;
    }
    if (epilogue instanceof Epilogue.Addition addition && !fits(addition.onto(), rows * out)) {
      return null;
    }
    return TensorScope.tidy(
        () -> {
          Tensor plain = x.plainAddress() == 0 ? x.contiguous() : x;
          if (plain.plainAddress() == 0) {
            return null;
          }
          long[] dims = x.shape().toArray();
          dims[dims.length - 1] = out;
          Tensor y = Tensors.empty(Shape.of(dims));
          int in = Math.toIntExact(x.size(-1));
          Matrix from = Matrix.floats(plain.plainAddress(), (int) rows, in);
          long shift = bias == null ? 0 : bias.plainAddress();
          Output to = new Output(y.plainAddress(), finish(epilogue));
          int threads = NativeRuntime.threads();
          switch (layout) {
            case OUT_IN ->
                products.get().rowsAreOutputs(from, matrix(weight, out, in), shift, to, threads);
            case IN_OUT ->
                products.get().rowsAreInputs(from, matrix(weight, in, out), shift, to, threads);
          }
          return y;
        });
  }

  private static KernelGroup group(long rows, Tensor weight) {
    return switch (weight.dtype()) {
      case FLOAT32 -> KernelGroup.ofRows(rows);
      case BLOCKS -> KernelGroup.BLOCKS;
      default -> KernelGroup.HALVES;
    };
  }

  /// Several maps [out, in] of the same rows in one product, or null where each is to go by itself.
  static @Nullable List<Tensor> together(Tensor x, List<LinearWeights> maps) {
    return several(x, maps, made -> maps.stream().map(_ -> Finish.NOTHING).toList());
  }

  /// `f(x·Gᵀ) · x·Uᵀ`, or null where the maps are to go by themselves.
  static @Nullable Tensor gated(
      Tensor x, LinearWeights gate, NonLinearity function, LinearWeights up) {
    if (!gate.weight().shape().equals(up.weight().shape())) {
      return null;
    }
    return TensorScope.tidy(
        () -> {
          List<Tensor> both =
              several(
                  x,
                  List.of(gate, up),
                  made ->
                      List.of(
                          Finish.activated(function),
                          Finish.multiplied(made.getFirst().plainAddress())));
          return both == null ? null : both.getLast();
        });
  }

  private interface Finishes {
    List<Finish> of(List<Tensor> made);
  }

  private static @Nullable List<Tensor> several(
      Tensor x, List<LinearWeights> maps, Finishes finishes) {
    Kernels kernels = NativeRuntime.kernels();
    if (kernels.mode() == Kernels.Mode.OFF || !fits(x, maps)) {
      return null;
    }
    long rows = x.shape().elements() / x.size(-1);
    // Not in use: the maps by themselves are counted, and may wait for them.
    Optional<Products> products = kernels.ready(group(rows, maps.getFirst().weight()));
    if (products.isEmpty() || rows < 1 || rows > MOST_ROWS || x.plainAddress() == 0) {
      return null;
    }
    if (maps.stream().anyMatch(map -> map.weight().size(0) < Products.fewestOutputs())) {
      return null;
    }
    int in = Math.toIntExact(x.size(-1));
    long[] dims = x.shape().toArray();
    List<Tensor> made = new ArrayList<>();
    for (LinearWeights map : maps) {
      dims[dims.length - 1] = map.weight().size(0);
      made.add(Tensors.empty(Shape.of(dims)));
    }
    List<Finish> ends = finishes.of(made);
    List<Products.Map> parts = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      Tensor weight = maps.get(i).weight();
      Tensor bias = maps.get(i).bias();
      parts.add(
          new Products.Map(
              matrix(weight, Math.toIntExact(weight.size(0)), in),
              bias == null ? 0 : bias.plainAddress(),
              new Output(made.get(i).plainAddress(), ends.get(i))));
    }
    Matrix from = Matrix.floats(x.plainAddress(), (int) rows, in);
    products.get().rowsAreOutputs(from, parts, NativeRuntime.threads());
    return made;
  }

  private static boolean fits(Tensor x, List<LinearWeights> maps) {
    DType type = maps.getFirst().weight().dtype();
    return maps.stream()
        .allMatch(
            map ->
                fits(x, map.weight(), map.bias())
                    && map.weight().dtype() == type
                    && map.weight().size(1) == x.size(-1));
  }

  private static boolean fits(Tensor x, Tensor weight, @Nullable Tensor bias) {
    boolean types =
        x.dtype() == DType.FLOAT32
            && stored(weight)
            && (bias == null || bias.dtype() == DType.FLOAT32);
    boolean places =
        types
            && x.size(-1) >= FEWEST_INPUTS
            && weight.plainAddress() != 0
            && (bias == null || bias.plainAddress() != 0);
    return places && !MixedPrecision.active() && !recordsGradient(x, weight, bias);
  }

  private static Finish finish(Epilogue epilogue) {
    return switch (epilogue) {
      case Epilogue.None _ -> Finish.NOTHING;
      case Epilogue.Activation activation -> Finish.activated(activation.function());
      case Epilogue.Addition addition -> Finish.added(addition.onto().plainAddress());
    };
  }

  private static boolean fits(Tensor onto, long elements) {
    return onto.dtype() == DType.FLOAT32
        && onto.shape().elements() == elements
        && onto.plainAddress() != 0
        && !(GradMode.is_enabled() && onto.requiresGrad());
  }

  /// Whether kernels read how a weight is stored.
  static boolean stored(Tensor weight) {
    return switch (weight.dtype()) {
      case FLOAT32, BFLOAT16, FLOAT16, BLOCKS -> true;
      case FLOAT64, INT64, INT32, UINT8, BOOL -> false;
    };
  }

  private static boolean recordsGradient(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return GradMode.is_enabled()
        && (x.requiresGrad() || weight.requiresGrad() || (bias != null && bias.requiresGrad()));
  }

  static Matrix matrix(Tensor weight, int rows, int columns) {
    BlockType blocks = weight.blocks();
    if (blocks != null) {
      return Matrix.ofBlocks(weight.plainAddress(), blocks, rows, columns);
    }
    WeightType type =
        switch (weight.dtype()) {
          case FLOAT16 -> WeightType.FLOAT16;
          case BFLOAT16 -> WeightType.BFLOAT16;
          default -> WeightType.FLOAT32;
        };
    return new Matrix(weight.plainAddress(), type, rows, columns);
  }
}
