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
/// where it is used.
final class WeightLoader {
  /// Models of up to this many bytes in float32 are widened as a whole when they are opened.
  static final long WIDEN_AT_ONCE = 256L << 20;

  private final Map<String, Tensor> byName = new LinkedHashMap<>();
  private final boolean widenAll;

  private WeightLoader(boolean widenAll) {
    this.widenAll = widenAll;
  }

  /// Tensors of every weight, in the current scope.
  ///
  /// @param stored the weights as the checkpoint holds them
  static Loaded load(ModelWeights<StoredTensor> stored) {
    long bytes = 4 * stored.all().stream().mapToLong(StoredTensor::elements).sum();
    WeightLoader loader = new WeightLoader(bytes <= WIDEN_AT_ONCE);
    ModelWeights<Tensor> weights = stored.map(loader::tensor);
    return new Loaded(weights, Map.copyOf(loader.byName));
  }

  /// @param weights in their places
  /// @param byName the same tensors under their names in the checkpoint
  record Loaded(ModelWeights<Tensor> weights, Map<String, Tensor> byName) {}

  private Tensor tensor(StoredTensor stored) {
    boolean widen = stored.type() != StoredType.F32 && (widenAll || stored.shape().size() < 2);
    Tensor tensor =
        widen
            ? TensorScope.tidy(() -> TensorViews.of(stored).to(DType.FLOAT32))
            : TensorViews.of(stored);
    byName.put(stored.name(), tensor);
    return tensor;
  }
}
