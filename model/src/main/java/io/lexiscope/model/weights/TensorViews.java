package io.lexiscope.model.weights;

import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.block.BlockType;

/// Looks at stored tensors as tensors, without a copy.
public final class TensorViews {
  private TensorViews() {}

  /// A tensor over the mapped memory, in the innermost scope; it must end before the mapping.
  ///
  /// @throws WeightsException if the element type cannot be computed with
  public static Tensor of(StoredTensor stored) {
    if (stored.type().blocks().isPresent()) {
      return ofBlocks(stored, stored.type().blocks().get());
    }
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
    return Tensors.fromMemory(stored.data(), type, shape(stored));
  }

  /// A matrix stays in blocks; anything else is widened.
  private static Tensor ofBlocks(StoredTensor stored, BlockType type) {
    Shape shape = shape(stored);
    if (shape.rank() == 2) {
      return Tensors.ofBlocks(stored.data(), type, shape);
    }
    long columns = shape.dim(-1);
    return TensorScope.tidy(
        () ->
            Tensors.ofBlocks(stored.data(), type, Shape.of(shape.elements() / columns, columns))
                .to(DType.FLOAT32)
                .reshape(shape.toArray()));
  }

  private static Shape shape(StoredTensor stored) {
    return Shape.of(stored.shape().stream().mapToLong(Long::longValue).toArray());
  }
}
