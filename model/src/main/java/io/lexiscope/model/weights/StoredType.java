package io.lexiscope.model.weights;

import java.util.Arrays;
import java.util.Optional;

/// The element types a safetensors file may hold, under the names it uses.
public enum StoredType {
  /// IEEE 754 double precision.
  F64(8),
  /// IEEE 754 single precision.
  F32(4),
  /// IEEE 754 half precision.
  F16(2),
  /// The upper half of a single-precision number.
  BF16(2),
  /// Eight-bit float with four exponent bits.
  F8_E4M3(1),
  /// Eight-bit float with five exponent bits.
  F8_E5M2(1),
  /// Signed 64-bit integer.
  I64(8),
  /// Signed 32-bit integer.
  I32(4),
  /// Signed 16-bit integer.
  I16(2),
  /// Signed byte.
  I8(1),
  /// Unsigned 64-bit integer.
  U64(8),
  /// Unsigned 32-bit integer.
  U32(4),
  /// Unsigned 16-bit integer.
  U16(2),
  /// Unsigned byte.
  U8(1),
  /// A byte that is 0 or 1.
  BOOL(1);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /// Size of one element, in bytes.
  public int bytes() {
    return bytes;
  }

  /// Whether weights may have this type.
  public boolean isWeight() {
    return this == F32 || this == F16 || this == BF16 || this == F64;
  }

  /// The type of a name, if there is one.
  ///
  /// @param name as in a file, such as `BF16`
  public static Optional<StoredType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }
}
