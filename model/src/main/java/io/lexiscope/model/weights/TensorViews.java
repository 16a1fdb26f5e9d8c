package io.lexiscope.model.weights;

import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.Tensors;

/// Looks at stored tensors as tensors, without a copy.
public final class TensorViews {
  private TensorViews() {}

  /// A tensor over the mapped memory, in the innermost scope; it must end before the mapping.
  ///
  /// @throws WeightsException if the element type cannot be computed with
  public static Tensor of(StoredTensor stored) {
    DType type =
        switch (stored.type()) {
          case F32 -> DType.FLOAT32;
          case F64 -> DType.FLOAT64;
          case F16 -> DType.FLOAT16;
          case BF16 -> DType.BFLOAT16;
          case I64 -> DType.INT64;
          case I32 -> DType.INT32;
          case U8, BOOL -> DType.UINT8;
          default ->
              throw new WeightsException(
                  "read tensor: expected F64, F32, F16, BF16, I64, I32, U8 or BOOL, got %s for %s in %s"
                      .formatted(stored.type(), stored.name(), stored.file()));
        };
    Shape shape = Shape.of(stored.shape().stream().mapToLong(Long::longValue).toArray());
    return Tensors.fromMemory(stored.data(), type, shape);
  }
}
