package io.lexiscope.tensor.internal.kernel;

/// How the elements of a weight are stored.
public enum WeightType {
  /// IEEE single precision.
  FLOAT32(4),
  /// The upper half of a single.
  BFLOAT16(2),
  /// IEEE half precision.
  FLOAT16(2),
  /// Blocks of small integers and scales, [io.lexiscope.tensor.block.BlockType].
  BLOCKS(0);

  private final int bytes;

  WeightType(int bytes) {
    this.bytes = bytes;
  }

  /// Size of one element in bytes; 0 for blocks, whose elements have no places of their own.
  public int bytes() {
    return bytes;
  }
}
