package io.lexiscope.tensor;

import com.google.errorprone.annotations.CheckReturnValue;
import io.lexiscope.tensor.option.NonLinearity;
import io.lexiscope.tensor.option.Pairing;
import io.lexiscope.tensor.option.Sight;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The layers' arithmetic: linear maps, norms, activations, attention and losses. Operands are not
/// modified.
@CheckReturnValue
public final class Nn {
  /// How the elements of a loss are combined.
  private static final long REDUCE_MEAN = 1;

  /// Queries for which libtorch's attention in bfloat16 takes longer than widening everything; sums
  /// are taken in float32 in both.
  private static final long FEW_QUERIES = 4;

  /// What a number of a norm costs, in multiplications of a product.
  private static final long NORM_PASSES = 16;

  static {
    NativeRuntime.load();
  }

  private Nn() {}

  /// Linear map `x·Wᵀ + b` (or `x·W + b` for [WeightLayout#IN_OUT]): the seam through which every
  /// weight product of a forward pass goes. A weight stored in another float type is widened to the
  /// type of `x` for the call. Where no gradient is recorded the kernels of
  /// [io.lexiscope.tensor.internal.kernel] may do it, which gives other roundings.
  ///
  /// @param x [..., d_in]
  /// @param weight [d_out, d_in] or [d_in, d_out], as `layout` says
  /// @param bias \[d_out\], or null for none
  /// @return [..., d_out]
  /// @throws TensorException if d_in differs
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias, WeightLayout layout) {
    int inAxis = layout == WeightLayout.OUT_IN ? 1 : 0;
    if (x.size(-1) != weight.size(inAxis)) {
      throw new TensorException(
          "linear: expected x of shape [..., d_in="
              + weight.size(inAxis)
              + "] for a weight "
              + weight.shape()
              + " stored "
              + layout
              + ", got "
              + x.shape());
    }
    List<LinearWeights> map = List.of(new LinearWeights(weight, bias));
    GradientTape tape = GradientTape.cutting(x, map);
    if (tape != null) {
      return tape.linears(x, map, layout).getFirst();
    }
    Tensor inference = InferenceLinear.of(x, weight, bias, layout);
    return inference == null ? linearInLibtorch(x, weight, bias, layout) : inference;
  }

  /// A linear map as above, and what is done with its outputs while they are in the cache.
  public static Tensor linear(
      Tensor x, Tensor weight, @Nullable Tensor bias, WeightLayout layout, Epilogue epilogue) {
    boolean cut = GradientTape.cutting(x, List.of(new LinearWeights(weight, bias))) != null;
    Tensor inference = cut ? null : InferenceLinear.of(x, weight, bias, layout, epilogue);
    if (inference != null) {
      return inference;
    }
    return TensorScope.tidy(
        () -> {
          Tensor y = linear(x, weight, bias, layout);
          return switch (epilogue) {
            case Epilogue.None _ -> y;
            case Epilogue.Activation activation -> apply(activation.function(), y);
            case Epilogue.Addition addition -> addition.onto().add(y);
          };
        });
  }

  /// Several linear maps of the same rows, in one product where the kernels do them: the very
  /// numbers that [#linear] gives for each.
  ///
  /// @param x [..., d_in]
  /// @param layout of all weights
  /// @return [..., d_out] for each
  /// @throws TensorException if a d_in differs
  public static List<Tensor> linears(Tensor x, List<LinearWeights> maps, WeightLayout layout) {
    GradientTape tape = GradientTape.cutting(x, maps);
    if (tape != null) {
      return tape.linears(x, maps, layout);
    }
    List<Tensor> together =
        layout == WeightLayout.OUT_IN ? InferenceLinear.together(x, maps) : null;
    return together == null
        ? maps.stream().map(map -> linear(x, map.weight(), map.bias(), layout)).toList()
        : together;
  }

  /// The neurons of a gated module, `f(gate(x)) · up(x)`, where the kernels do both maps in one
  /// product: the very numbers that three operations give.
  ///
  /// @param x [..., d_in]
  /// @param layout of both weights
  /// @return [..., d_out]
  /// @throws TensorException if a d_in differs
  public static Tensor gated(
      Tensor x, LinearWeights gate, NonLinearity function, LinearWeights up, WeightLayout layout) {
    GradientTape tape = GradientTape.cutting(x, List.of(gate, up));
    if (tape != null) {
      return TensorScope.tidy(
          () -> {
            List<Tensor> both = tape.linears(x, List.of(gate, up), layout);
            return apply(function, both.getFirst()).mul(both.getLast());
          });
    }
    Tensor inference =
        layout == WeightLayout.OUT_IN ? InferenceLinear.gated(x, gate, function, up) : null;
    if (inference != null) {
      return inference;
    }
    return TensorScope.tidy(
        () -> {
          Epilogue activation = new Epilogue.Activation(function);
          Tensor opened = linear(x, gate.weight(), gate.bias(), layout, activation);
          return opened.mul(linear(x, up.weight(), up.bias(), layout));
        });
  }

  private static Tensor linearInLibtorch(
      Tensor x, Tensor weight, @Nullable Tensor bias, WeightLayout layout) {
    boolean sameType = weight.dtype() == x.dtype() && (bias == null || bias.dtype() == x.dtype());
    if (sameType && layout == WeightLayout.OUT_IN) {
      return linearOutIn(x, weight, bias);
    }
    if (weight.dtype() == DType.BLOCKS && layout == WeightLayout.OUT_IN) {
      return BlockRows.linear(x, weight, bias);
    }
    return TensorScope.tidy(
        () -> {
          Tensor w = sameType ? weight : weight.to(x.dtype());
          Tensor b = sameType || bias == null ? bias : bias.to(x.dtype());
          return switch (layout) {
            case OUT_IN -> linearOutIn(x, w, b);
            case IN_OUT -> linearInOut(x, w, b);
          };
        });
  }

  static Tensor linearOutIn(Tensor x, Tensor w, @Nullable Tensor b) {
    return Tensor.own(
        "linear",
        () ->
            b == null
                ? torch.linear(x.handle("linear"), w.handle("linear"))
                : torch.linear(x.handle("linear"), w.handle("linear"), b.handle("linear")));
  }

  private static Tensor linearInOut(Tensor x, Tensor w, @Nullable Tensor b) {
    if (b == null) {
      return x.matmul(w);
    }
    long[] dims = x.shape().toArray();
    long out = w.size(1);
    Tensor rows = x.reshape(-1, dims[dims.length - 1]);
    Tensor product =
        Tensor.own(
            "linear",
            () -> torch.addmm(b.handle("linear"), rows.handle("linear"), w.handle("linear")));
    dims[dims.length - 1] = out;
    return product.reshape(dims);
  }

  /// Rows of an embedding table.
  ///
  /// @param table [vocabulary, d_model]
  /// @param ids INT64 [...]
  /// @return [..., d_model]
  public static Tensor embedding(Tensor table, Tensor ids) {
    if (table.dtype() == DType.BLOCKS) {
      return BlockRows.embedding(table, ids);
    }
    return Tensor.own(
        "embedding", () -> torch.embedding(table.handle("embedding"), ids.handle("embedding")));
  }

  /// Layer norm over the last axis: `(x − mean) / √(var + ε) · weight + bias`.
  ///
  /// @param x [..., d_model]
  /// @param weight \[d_model\], or null for ones
  /// @param bias \[d_model\], or null for zeros
  public static Tensor layerNorm(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
    Tensor inference = InferenceRows.layerNorm(x, weight, bias, epsilon);
    if (inference != null) {
      return inference;
    }
    return SmallWork.run(
        x.shape().elements() * NORM_PASSES,
        () ->
            Tensor.own(
                "layerNorm",
                () -> {
                  try (TensorOptional w = optional(weight);
                      TensorOptional b = optional(bias)) {
                    return torch.layer_norm(
                        x.handle("layerNorm"),
                        new long[] {x.size(-1)},
                        w,
                        b,
                        epsilon,
                        /* cudnn= */ false);
                  }
                }));
  }

  /// Root-mean-square norm over the last axis: `x / √(mean x² + ε) · weight`.
  ///
  /// @param x [..., d_model]
  /// @param weight \[d_model\], or null for ones
  public static Tensor rmsNorm(Tensor x, @Nullable Tensor weight, double epsilon) {
    Tensor inference = InferenceRows.rmsNorm(x, weight, epsilon);
    if (inference != null) {
      return inference;
    }
    return TensorScope.tidy(
        () -> {
          Tensor normalized = x.mul(x.mul(x).mean(-1, /* keepAxis= */ true).add(epsilon).rsqrt());
          return weight == null ? normalized : normalized.mul(weight);
        });
  }

  private static TensorOptional optional(@Nullable Tensor tensor) {
    return tensor == null ? new TensorOptional() : new TensorOptional(tensor.handle("optional"));
  }

  /// Gaussian error linear unit, exact form.
  public static Tensor gelu(Tensor x) {
    return Tensor.own("gelu", () -> torch.gelu(x.handle("gelu")));
  }

  /// Gaussian error linear unit in its tanh approximation (`gelu_new`, `gelu_pytorch_tanh`).
  public static Tensor geluTanh(Tensor x) {
    return apply(NonLinearity.GELU_TANH, x);
  }

  /// `x · sigmoid(x)`.
  public static Tensor silu(Tensor x) {
    return apply(NonLinearity.SILU, x);
  }

  /// `max(x, 0)`.
  public static Tensor relu(Tensor x) {
    return apply(NonLinearity.RELU, x);
  }

  /// A non-linearity, element by element.
  public static Tensor apply(NonLinearity function, Tensor x) {
    Tensor inference = InferenceRows.activation(function, x);
    if (inference != null) {
      return inference;
    }
    return SmallWork.run(x.shape().elements() * NORM_PASSES, () -> activation(function, x));
  }

  private static Tensor activation(NonLinearity function, Tensor x) {
    return switch (function) {
      case GELU_TANH -> Tensor.own("geluTanh", () -> torch.gelu(x.handle("geluTanh"), "tanh"));
      case QUICK_GELU -> TensorScope.tidy(() -> x.mul(sigmoid(x.mul(1.702))));
      case SILU -> Tensor.own("silu", () -> torch.silu(x.handle("silu")));
      case RELU -> Tensor.own("relu", () -> torch.relu(x.handle("relu")));
    };
  }

  /// Logistic function.
  public static Tensor sigmoid(Tensor x) {
    return Tensor.own("sigmoid", () -> torch.sigmoid(x.handle("sigmoid")));
  }

  /// Scaled dot-product attention without materialising the pattern.
  ///
  /// @param q [batch, head, query_pos, d_head]
  /// @param k [batch, head, key_pos, d_head]
  /// @param v [batch, head, key_pos, d_head]
  /// @param mask additive, broadcastable to [batch, head, query_pos, key_pos], or null
  /// @param causal whether query i sees keys 0…i only; needs a null mask and as many queries as
  ///   keys
  /// @param scale factor on the scores
  /// @return [batch, head, query_pos, d_head]
  public static Tensor attention(
      Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, boolean causal, double scale) {
    if (MixedPrecision.active()) {
      return MixedPrecision.suspended(
          () ->
              TensorScope.tidy(
                  () ->
                      fusedAttention(
                          q.to(DType.FLOAT32),
                          k.to(DType.FLOAT32),
                          v.to(DType.FLOAT32),
                          mask,
                          causal,
                          scale)));
    }
    long work = 2 * q.shape().elements() * k.size(2);
    if (q.dtype() == DType.BFLOAT16 && q.size(2) <= FEW_QUERIES && !q.requiresGrad()) {
      return TensorScope.tidy(
          () -> {
            Tensor wide = mask == null ? null : mask.to(DType.FLOAT32);
            Tensor keys = k.to(DType.FLOAT32);
            Tensor values = v.to(DType.FLOAT32);
            Tensor queries = q.to(DType.FLOAT32);
            return SmallWork.run(
                    work, () -> fusedAttention(queries, keys, values, wide, causal, scale))
                .to(DType.BFLOAT16);
          });
    }
    return SmallWork.run(work, () -> fusedAttention(q, k, v, mask, causal, scale));
  }

  /// Attention by the kernels, which hold scores of a few queries at a time.
  ///
  /// @param q [batch, query_pos, head, d_head]
  /// @param k [batch, key_pos, kv_head, d_head]; query head h reads h / (head / kv_head)
  /// @param v likewise
  /// @param sight which keys a query sees
  /// @return [batch, query_pos, head, d_head], or nothing where the kernels are not in use or
  ///   cannot do it; then [#attention] is to
  public static Optional<Tensor> attend(Tensor q, Tensor k, Tensor v, Sight sight) {
    return Optional.ofNullable(InferenceRows.attention(q, k, v, sight));
  }

  /// The rotary turn of queries or keys: each pair (a, b) becomes (a·cos − b·sin, b·cos + a·sin).
  ///
  /// @param x [batch, pos, head, d_head]
  /// @param cosine [pos, 1, turning], each pair's number at both its places; what is beyond stays
  /// @param sine likewise
  /// @return [batch, pos, head, d_head], or nothing where it is to be written in other operations:
  ///   a gradient is recorded, or numbers are no float32 in the processor's memory
  public static Optional<Tensor> turn(Tensor x, Tensor cosine, Tensor sine, Pairing pairing) {
    return Optional.ofNullable(RowTurn.of(x, cosine, sine, pairing));
  }

  private static Tensor fusedAttention(
      Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, boolean causal, double scale) {
    return Tensor.own(
        "attention",
        () -> {
          try (TensorOptional m = optional(mask);
              DoubleOptional s = new DoubleOptional(scale)) {
            return torch.scaled_dot_product_attention(
                q.handle("attention"),
                k.handle("attention"),
                v.handle("attention"),
                m,
                /* dropout= */ 0.0,
                causal,
                s,
                /* groupedQueries= */ false);
          }
        });
  }

  /// Mean cross-entropy in nats over the rows whose target is not `ignored`.
  ///
  /// @param logits [rows, classes]
  /// @param targets INT64 \[rows\]
  /// @param ignored a target value that does not count, such as −100
  /// @return a scalar
  public static Tensor crossEntropy(Tensor logits, Tensor targets, long ignored) {
    return Tensor.own(
        "crossEntropy",
        () -> {
          try (TensorOptional none = new TensorOptional()) {
            return torch.cross_entropy_loss(
                logits.handle("crossEntropy"),
                targets.handle("crossEntropy"),
                none,
                REDUCE_MEAN,
                ignored,
                /* labelSmoothing= */ 0.0);
          }
        });
  }
}
