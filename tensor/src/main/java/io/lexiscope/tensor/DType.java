package io.lexiscope.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/// Element type of a tensor.
public enum DType {
  FLOAT32(4, ScalarType.Float, "float32"),
  FLOAT64(8, ScalarType.Double, "float64"),
  FLOAT16(2, ScalarType.Half, "float16"),
  BFLOAT16(2, ScalarType.BFloat16, "bfloat16"),
  INT64(8, ScalarType.Long, "int64"),
  INT32(4, ScalarType.Int, "int32"),
  UINT8(1, ScalarType.Byte, "uint8"),
  BOOL(1, ScalarType.Bool, "bool"),
  /// Numbers in blocks of small integers and scales, [io.lexiscope.tensor.block.BlockType]: what a
  /// weight may be stored as. Every operation sees the float32 numbers they stand for.
  BLOCKS(0, ScalarType.Byte, "blocks");

  private final int bytes;
  private final ScalarType scalarType;
  private final String label;

  DType(int bytes, ScalarType scalarType, String label) {
    this.bytes = bytes;
    this.scalarType = scalarType;
    this.label = label;
  }

  /// Size of one element in bytes; 0 for blocks, whose elements have no places of their own.
  public int bytes() {
    return bytes;
  }

  /// Whether this is one of the floating-point types.
  public boolean isFloat() {
    return switch (this) {
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> true;
      case INT64, INT32, UINT8, BOOL, BLOCKS -> false;
    };
  }

  ScalarType scalarType() {
    return scalarType;
  }

  static DType of(ScalarType type) {
    for (DType candidate : values()) {
      if (candidate.scalarType.value == type.value) {
        return candidate;
      }
    }
    throw new TensorException("dtype: expected one of the supported element types, got " + type);
  }

  @Override
  public String toString() {
    return label;
  }
}
