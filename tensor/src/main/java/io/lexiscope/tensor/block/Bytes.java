package io.lexiscope.tensor.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers in little-endian bytes.
final class Bytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  /// A number in half precision.
  static float half(byte[] from, int at) {
    return Float.float16ToFloat((short) SHORT.get(from, at));
  }

  /// A number in single precision.
  static float single(byte[] from, int at) {
    return Float.intBitsToFloat((int) INT.get(from, at));
  }

  /// Two bytes without a sign.
  static int unsigned16(byte[] from, int at) {
    return (short) SHORT.get(from, at) & 0xFFFF;
  }

  /// Four bytes.
  static int bits32(byte[] from, int at) {
    return (int) INT.get(from, at);
  }
}
