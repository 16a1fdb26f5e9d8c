package io.lexiscope.tensor;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.base.OneLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.jspecify.annotations.Nullable;

/// Records a computation so that it can be gone through backwards by vector-Jacobian products
/// alone: what enters and what comes back at linear maps, without the gradient of any weight.
///
/// The computation is cut at every linear map that a gradient has to pass. The map is computed as
/// in inference, and what it gives is a new leaf; between the cuts libtorch records short graphs of
/// its own. Backwards, a cut multiplies by the weight the other way round, which is the same
/// product with the layout exchanged and goes through the same kernels:
///
/// ```
///  forwards    … ──► x ──[ y = x·W + b ]──► y ──► …       W as it lies in memory
///  backwards   … ◄── δW ᵀ ◄────────────────  δ ◄── …       ∂L/∂W = Σ xᵀδ is never formed
/// ```
///
/// What does not lead from something watched is computed without any record. Confined to one
/// thread; owns what it recorded until it is closed.
public final class GradientTape implements AutoCloseable {
  private static final ScopedValue<GradientTape> CURRENT = ScopedValue.newInstance();

  static {
    NativeRuntime.load();
  }

  /// What a number of a stretch between two cuts costs on the way back, in multiplications of a
  /// product.
  private static final long PASSES = 16;

  private final TensorScope scope;
  private final Set<Tensor> watched = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Cut> cuts = new ArrayList<>();
  private final IdentityHashMap<Tensor, Passed> passed = new IdentityHashMap<>();

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  private GradientTape(Collection<Tensor> weights) {
    this.scope = TensorScope.open();
    watched.addAll(weights);
  }

  /// An empty tape.
  ///
  /// @param weights of linear maps at which to keep what passes; the very objects that [Nn#linear]
  ///   is given
  @MustBeClosed
  public static GradientTape open(Collection<Tensor> weights) {
    return new GradientTape(weights);
  }

  /// What passed a linear map.
  ///
  /// @param x what was multiplied, [..., d_in], free of any graph
  /// @param y what came out, a leaf, [..., d_out]
  public record Passed(Tensor x, Tensor y) {}

  /// Where the graph is cut.
  private sealed interface Cut {
    /// Goes back over it.
    void back();
  }

  /// A value and the leaf that went on in its place.
  private record Handed(Tensor value, Tensor leaf) implements Cut {
    @Override
    public void back() {
      org.bytedeco.pytorch.Tensor gradient = leaf.handle("backward").grad();
      if (gradient.defined()) {
        pull(value, gradient);
      }
    }
  }

  /// Linear maps of one `x`.
  private record Mapped(Tensor x, List<Tensor> weights, List<Tensor> leaves, WeightLayout layout)
      implements Cut {
    @Override
    public void back() {
      if (!x.requiresGrad()) {
        return;
      }
      TensorScope.tidyRun(
          () -> {
            Tensor sum = Autograd.noGrad(this::backwards);
            if (sum != null) {
              pull(x, sum.handle("backward"));
            }
          });
    }

    private @Nullable Tensor backwards() {
      WeightLayout turned =
          layout == WeightLayout.OUT_IN ? WeightLayout.IN_OUT : WeightLayout.OUT_IN;
      Tensor sum = null;
      for (int i = 0; i < weights.size(); i++) {
        Tensor delta = gradientOf(leaves.get(i)).orElse(null);
        if (delta != null) {
          Epilogue onto = sum == null ? new Epilogue.None() : new Epilogue.Addition(sum);
          sum = Nn.linear(delta, weights.get(i), /* bias= */ null, turned, onto);
        }
      }
      return sum;
    }
  }

  /// Adds a cotangent to the gradients of the leaves that a value was made of.
  private static void pull(Tensor value, org.bytedeco.pytorch.Tensor cotangent) {
    if (!value.requiresGrad()) {
      return;
    }
    try (BoolOptional retain = new BoolOptional(true); // several maps may read one value
        TensorArrayRefOptional everyLeaf = new TensorArrayRefOptional()) {
      SmallWork.run(
          value.shape().elements() * PASSES,
          () -> {
            value.handle("backward").backward(cotangent, retain, /* create= */ false, everyLeaf);
            return value;
          });
    } catch (RuntimeException refused) {
      throw new TensorException("backward: " + OneLine.of(refused), refused);
    }
  }

  /// Runs a computation and records it.
  public <T extends @Nullable Object> T record(Supplier<T> body) {
    boolean before = GradMode.is_enabled();
    GradMode.set_enabled(true);
    try {
      return ScopedValue.where(CURRENT, this).call(body::get);
    } finally {
      GradMode.set_enabled(before);
    }
  }

  /// Ends a stretch of the graph: the value goes on as a leaf, in whose gradient all that follows
  /// is gathered before it is handed back. Without a tape, or where nothing watched led to the
  /// value, the value itself.
  public static Tensor cut(Tensor value) {
    GradientTape tape = CURRENT.isBound() ? CURRENT.get() : null;
    return tape != null && value.requiresGrad() && GradMode.is_enabled()
        ? tape.watch(value)
        : value;
  }

  /// Watches a place: the value goes on as a leaf, whose gradient [#gradient] then gives.
  ///
  /// @return the same numbers; owned by this tape
  public Tensor watch(Tensor value) {
    Tensor leaf = TensorScope.tidy(() -> value.detach().requireGrad());
    scope.adopt(leaf);
    if (value.requiresGrad()) {
      cuts.add(new Handed(kept(value), leaf));
    }
    return leaf;
  }

  /// The same tensor with its place in the graph, owned by this tape: whoever gave it may free it.
  private Tensor kept(Tensor value) {
    return scope.call(value::shared);
  }

  /// The tape at whose cuts these maps of `x` are, or null where they are computed as ever.
  static @Nullable GradientTape cutting(Tensor x, List<LinearWeights> maps) {
    if (!CURRENT.isBound() || !GradMode.is_enabled()) {
      return null;
    }
    GradientTape tape = CURRENT.get();
    boolean wanted =
        x.requiresGrad() || maps.stream().anyMatch(map -> tape.watched.contains(map.weight()));
    // A weight or bias that is a leaf itself is libtorch's: its gradient was asked for.
    boolean leaves = maps.stream().anyMatch(GradientTape::trained);
    return wanted && !leaves ? tape : null;
  }

  private static boolean trained(LinearWeights map) {
    Tensor bias = map.bias();
    return map.weight().requiresGrad() || (bias != null && bias.requiresGrad());
  }

  /// The maps as in inference, each as a new leaf; owned by this tape.
  List<Tensor> linears(Tensor x, List<LinearWeights> maps, WeightLayout layout) {
    List<Tensor> leaves =
        Autograd.noGrad(() -> TensorScope.tidy(() -> Nn.linears(x, maps, layout)));
    leaves.forEach(leaf -> scope.adopt(leaf.requireGrad()));
    Tensor free = scope.call(x::detach);
    for (int i = 0; i < maps.size(); i++) {
      Tensor weight = maps.get(i).weight();
      if (watched.contains(weight)) {
        passed.put(weight, new Passed(free, leaves.get(i)));
      }
    }
    List<Tensor> weights = maps.stream().map(map -> kept(map.weight())).toList();
    cuts.add(new Mapped(kept(x), weights, leaves, layout));
    return leaves;
  }

  /// Goes back from a scalar through everything recorded. Once only.
  ///
  /// @throws TensorException if it is not a scalar, or nothing watched leads to it
  public void backward(Tensor scalar) {
    if (scalar.shape().elements() != 1 || !scalar.requiresGrad()) {
      throw new TensorException(
          "backward: expected a scalar that something watched leads to, got "
              + scalar
              + (scalar.requiresGrad() ? "" : ", which nothing leads to"));
    }
    Tensor one = TensorScope.tidy(() -> Tensors.full(scalar.shape(), 1).to(scalar.dtype()));
    pull(scalar, one.to(scalar.device()).handle("backward"));
    for (Cut cut : cuts.reversed()) {
      cut.back();
    }
  }

  /// What passed the map of a watched weight in [#record]; its last use where there were several.
  /// Nothing where it was not used.
  public Optional<Passed> passed(Tensor weight) {
    return Optional.ofNullable(passed.get(weight));
  }

  /// The gradient of the scalar with respect to a leaf after [#backward], of the leaf's shape, in
  /// the innermost scope; zeros where the scalar does not depend on it.
  ///
  /// @param leaf of [#watch] or [Passed#y], or a tensor marked with [Tensor#requireGrad]
  public Tensor gradient(Tensor leaf) {
    return gradientOf(leaf)
        .orElseGet(
            () ->
                TensorScope.tidy(
                    () -> Tensors.zeros(leaf.shape(), leaf.dtype()).to(leaf.device())));
  }

  private static Optional<Tensor> gradientOf(Tensor leaf) {
    org.bytedeco.pytorch.Tensor gradient = leaf.handle("gradient").grad();
    return gradient.defined()
        ? Optional.of(Tensor.own("gradient", () -> new org.bytedeco.pytorch.Tensor(gradient)))
        : Optional.empty();
  }

  /// Frees what was recorded.
  @Override
  public void close() {
    scope.close();
  }
}
