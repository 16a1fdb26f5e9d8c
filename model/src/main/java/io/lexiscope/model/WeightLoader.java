package io.lexiscope.model;

import io.lexiscope.model.matrix.ModelWeights;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.model.weights.TensorViews;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes tensors of stored weights: a view of the mapping for float32, a widened copy for vectors
/// and small models in half precision, and for larger ones a view in half precision that is widened
/// where it is used, as matrices in blocks always are: by the kernels in registers, by libtorch
/// call by call. In bfloat16 that pays as soon as the weights leave the cache; widening float16
/// takes about as long as reading twice as much. For a model that computes in bfloat16 every matrix
/// has that type, a view where the file has it, and vectors are rounded to it.
final class WeightLoader {
  /// Models of up to this many bytes in float32 are widened as a whole when they are opened.
  static final long WIDEN_AT_ONCE = 256L << 20;

  /// The same for weights in bfloat16: what the last cache of a small machine holds.
  static final long WIDEN_BFLOAT16_AT_ONCE = 32L << 20;

  private final Map<String, Tensor> byName = new LinkedHashMap<>();
  private final long bytes;
  private final DType compute;

  private WeightLoader(long bytes, DType compute) {
    this.bytes = bytes;
    this.compute = compute;
  }

  /// Tensors of every weight, in the current scope.
  ///
  /// @param stored the weights as the checkpoint holds them
  /// @param compute the type of the activations
  static Loaded load(ModelWeights<StoredTensor> stored, DType compute) {
    long bytes = 4 * stored.all().stream().mapToLong(StoredTensor::elements).sum();
    WeightLoader loader = new WeightLoader(bytes, compute);
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
    return widens(stored.type(), bytes, stored.shape().size())
        ? TensorScope.tidy(() -> TensorViews.of(stored).to(DType.FLOAT32))
        : TensorViews.of(stored);
  }

  /// Whether a weight is widened when it is opened.
  ///
  /// @param bytes of the whole model in float32
  /// @param axes of the weight
  static boolean widens(StoredType type, long bytes, int axes) {
    if (type.blocks().isPresent()) {
      return axes < 2;
    }
    long most = type == StoredType.BF16 ? WIDEN_BFLOAT16_AT_ONCE : WIDEN_AT_ONCE;
    return type != StoredType.F32 && (bytes <= most || axes < 2);
  }

  private static Tensor rounded(StoredTensor stored) {
    return TensorScope.tidy(
        () -> {
          Tensor half = TensorViews.of(stored).to(DType.BFLOAT16);
          return stored.shape().size() < 2 ? half.to(DType.FLOAT32) : half;
        });
  }
}
