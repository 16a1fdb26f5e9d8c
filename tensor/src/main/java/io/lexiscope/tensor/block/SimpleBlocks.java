package io.lexiscope.tensor.block;

/// Blocks of 32 numbers with a scale in half precision. The lower halves of the bytes are the first
/// 16 numbers, the upper halves the others.
final class SimpleBlocks {
  private static final int SIZE = 32;
  private static final int HALF = 16;

  private SimpleBlocks() {}

  static void q4Plain(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 18, y += SIZE) {
      float scale = Bytes.half(from, b);
      for (int i = 0; i < HALF; i++) {
        int q = from[b + 2 + i];
        to[y + i] = scale * ((q & 15) - 8);
        to[y + HALF + i] = scale * (((q >> 4) & 15) - 8);
      }
    }
  }

  static void q4Offset(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 20, y += SIZE) {
      float scale = Bytes.half(from, b);
      float least = Bytes.half(from, b + 2);
      for (int i = 0; i < HALF; i++) {
        int q = from[b + 4 + i];
        to[y + i] = scale * (q & 15) + least;
        to[y + HALF + i] = scale * ((q >> 4) & 15) + least;
      }
    }
  }

  static void q5Plain(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 22, y += SIZE) {
      float scale = Bytes.half(from, b);
      int fifth = Bytes.bits32(from, b + 2);
      for (int i = 0; i < HALF; i++) {
        int q = from[b + 6 + i];
        int low = (q & 15) | (fifth >>> i & 1) << 4;
        int high = ((q >> 4) & 15) | (fifth >>> (i + HALF) & 1) << 4;
        to[y + i] = scale * (low - 16);
        to[y + HALF + i] = scale * (high - 16);
      }
    }
  }

  static void q5Offset(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 24, y += SIZE) {
      float scale = Bytes.half(from, b);
      float least = Bytes.half(from, b + 2);
      int fifth = Bytes.bits32(from, b + 4);
      for (int i = 0; i < HALF; i++) {
        int q = from[b + 8 + i];
        int low = (q & 15) | (fifth >>> i & 1) << 4;
        int high = ((q >> 4) & 15) | (fifth >>> (i + HALF) & 1) << 4;
        to[y + i] = scale * low + least;
        to[y + HALF + i] = scale * high + least;
      }
    }
  }

  static void q8Plain(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 34, y += SIZE) {
      float scale = Bytes.half(from, b);
      for (int i = 0; i < SIZE; i++) {
        to[y + i] = from[b + 2 + i] * scale;
      }
    }
  }

  static void q8Summed(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 36, y += SIZE) {
      float scale = Bytes.half(from, b);
      for (int i = 0; i < SIZE; i++) {
        to[y + i] = from[b + 4 + i] * scale;
      }
    }
  }
}
