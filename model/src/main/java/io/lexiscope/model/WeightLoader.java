package io.lexiscope.model;

import io.lexiscope.model.family.ModelWeights;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.model.weights.TensorViews;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes tensors of stored weights: a view of the mapping for float32, a widened copy for vectors
/// and small models in half precision, and for large ones a view in half precision that is widened
/// where it is used. For a model that computes in bfloat16 every matrix has that type, a view where
/// the file has it, and vectors are rounded to it.
final class WeightLoader {
  /// Models of up to this many bytes in float32 are widened as a whole when they are opened.
  static final long WIDEN_AT_ONCE = 256L << 20;

  private final Map<String, Tensor> byName = new LinkedHashMap<>();
  private final boolean widenAll;
  private final DType compute;

  private WeightLoader(boolean widenAll, DType compute) {
    this.widenAll = widenAll;
    this.compute = compute;
  }

  /// Tensors of every weight, in the current scope.
  ///
  /// @param stored the weights as the checkpoint holds them
  /// @param compute the type of the activations
  static Loaded load(ModelWeights<StoredTensor> stored, DType compute) {
    long bytes = 4 * stored.all().stream().mapToLong(StoredTensor::elements).sum();
    WeightLoader loader = new WeightLoader(bytes <= WIDEN_AT_ONCE, compute);
    ModelWeights<Tensor> weights = stored.map(loader::tensor);
    return new Loaded(weights, Map.copyOf(loader.byName));
  }

  /// @param weights in their places
  /// @param byName the same tensors under their names in the checkpoint
  record Loaded(ModelWeights<Tensor> weights, Map<String, Tensor> byName) {}

  private Tensor tensor(StoredTensor stored) {
    Tensor tensor = compute == DType.BFLOAT16 ? rounded(stored) : exact(stored);
    byName.put(stored.name(), tensor);
    return tensor;
  }

  private Tensor exact(StoredTensor stored) {
    boolean widen = stored.type() != StoredType.F32 && (widenAll || stored.shape().size() < 2);
    return widen
        ? TensorScope.tidy(() -> TensorViews.of(stored).to(DType.FLOAT32))
        : TensorViews.of(stored);
  }

  private static Tensor rounded(StoredTensor stored) {
    return TensorScope.tidy(
        () -> {
          Tensor half = TensorViews.of(stored).to(DType.BFLOAT16);
          return stored.shape().size() < 2 ? half.to(DType.FLOAT32) : half;
        });
  }
}
