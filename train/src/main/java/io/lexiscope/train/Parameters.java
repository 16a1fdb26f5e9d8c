package io.lexiscope.train;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.family.ModelConfig;
import io.lexiscope.model.family.WeightSlot;
import io.lexiscope.model.matrix.ModelWeights;
import io.lexiscope.tensor.RandomSource;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The weights of a network under training: one flat buffer, of which every weight is a view, and a
/// gradient buffer of the same layout. Weights that decay come first. Every view starts at a
/// multiple of 64 bytes, as a tensor of its own would, so that kernels take the same path on it.
///
/// Made in, and owned by, the innermost scope.
final class Parameters {
  private static final long ALIGNMENT = 16;

  private final List<Weight> weights = new ArrayList<>();
  private final Tensor values;
  private final Tensor gradient;
  private final long decayed;
  private final ModelWeights<Tensor> places;

  /// One weight.
  ///
  /// @param slot name and shape in the checkpoint
  /// @param value leaf of the graph, a view of the buffer
  /// @param gradient view of the gradient buffer
  record Weight(WeightSlot slot, Tensor value, Tensor gradient) {}

  private Parameters(ModelWeights<WeightSlot> plan, List<WeightSlot> order, int decaying) {
    long size = 0;
    long decayedSize = 0;
    for (int i = 0; i < order.size(); i++) {
      size += padded(order.get(i));
      decayedSize = i < decaying ? size : decayedSize;
    }
    this.decayed = decayedSize;
    this.values = Tensors.zeros(Shape.of(size));
    this.gradient = Tensors.zeros(Shape.of(size));
    var leaves = new IdentityHashMap<WeightSlot, Tensor>();
    long offset = 0;
    for (WeightSlot slot : order) {
      long[] dims = dims(slot);
      long length = Shape.of(dims).elements();
      Tensor leaf = values.narrow(0, offset, length).reshape(dims).detach().requireGrad();
      Tensor slope = gradient.narrow(0, offset, length).reshape(dims);
      weights.add(new Weight(slot, leaf, slope));
      leaves.put(slot, leaf);
      offset += padded(slot);
    }
    this.places =
        plan.map(slot -> Objects.requireNonNull(leaves.get(slot), "every slot has a leaf"));
  }

  /// Buffers of zeros for a network.
  ///
  /// @param decayAll whether biases, norms and embeddings decay too
  static Parameters of(ModelConfig config, boolean decayAll) {
    ModelWeights<WeightSlot> plan = config.plan();
    var embedding = plan.embedding();
    List<@Nullable WeightSlot> tables = new ArrayList<>();
    tables.add(embedding.tokens());
    tables.add(embedding.positions());
    tables.add(embedding.tokenTypes());
    List<WeightSlot> all = plan.all();
    List<WeightSlot> order = new ArrayList<>();
    Predicate<WeightSlot> decays =
        slot -> decayAll || (slot.shape().axes().size() == 2 && !tables.contains(slot));
    all.stream().filter(decays).forEach(order::add);
    int decaying = order.size();
    all.stream().filter(decays.negate()).forEach(order::add);
    return new Parameters(plan, order, decaying);
  }

  /// Fills the weights as GPT-2 does: ones for norms, zeros for biases, normal numbers for the
  /// rest, narrower where a matrix writes to the residual stream.
  void start(Architecture architecture, long seed, double deviation, ModelConfig config) {
    Set<String> writers = residualWriters(config);
    try (RandomSource random = RandomSource.seeded(seed)) {
      for (WeightSlot slot : config.plan().all()) {
        Weight weight =
            weights.stream().filter(w -> w.slot().equals(slot)).findFirst().orElseThrow();
        TensorScope.tidyRun(
            () -> {
              Shape shape = weight.value().shape();
              Tensor target = weight.value().detach();
              if (shape.rank() == 1) {
                boolean gain = slot.name().endsWith("weight");
                target.copyInPlace(gain ? Tensors.ones(shape) : Tensors.zeros(shape));
              } else {
                double narrowing =
                    writers.contains(slot.name()) ? Math.sqrt(2.0 * architecture.layers()) : 1;
                target.copyInPlace(random.normal(shape, /* mean= */ 0, deviation / narrowing));
              }
            });
      }
    }
  }

  private static Set<String> residualWriters(ModelConfig config) {
    var names = new java.util.HashSet<String>();
    config
        .plan()
        .blocks()
        .forEach(
            block -> {
              names.add(block.attention().out().weight().name());
              names.add(block.mlp().out().weight().name());
            });
    return names;
  }

  private static long[] dims(WeightSlot slot) {
    return slot.shape().sizes().stream().mapToLong(Long::longValue).toArray();
  }

  private static long padded(WeightSlot slot) {
    return (Shape.of(dims(slot)).elements() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /// The weights in their places.
  ModelWeights<Tensor> places() {
    return places;
  }

  /// Every weight once.
  List<Weight> weights() {
    return List.copyOf(weights);
  }

  /// All weights, FLOAT32 [n]; unused elements between them are zero.
  Tensor values() {
    return values;
  }

  /// All gradients, FLOAT32 [n].
  Tensor gradient() {
    return gradient;
  }

  /// How many elements, from the first, decay.
  long decayed() {
    return decayed;
  }

  /// Number of weights, counted as numbers.
  long count() {
    return weights.stream().mapToLong(weight -> weight.value().shape().elements()).sum();
  }
}
