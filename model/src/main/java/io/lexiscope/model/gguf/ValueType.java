package io.lexiscope.model.gguf;

/// The types that values of the metadata may have, in the order of their numbers in a file.
enum ValueType {
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  FLOAT32(4),
  BOOL(1),
  STRING(8),
  ARRAY(12),
  UINT64(8),
  INT64(8),
  FLOAT64(8);

  private final int leastBytes;

  ValueType(int leastBytes) {
    this.leastBytes = leastBytes;
  }

  /// The fewest bytes that a value takes; all that it takes unless it is a text or a list.
  int leastBytes() {
    return leastBytes;
  }
}
