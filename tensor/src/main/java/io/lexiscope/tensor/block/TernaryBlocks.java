package io.lexiscope.tensor.block;

/// Blocks of −1, 0 and 1 with one scale.
final class TernaryBlocks {
  private static final int[] POWERS = {1, 3, 9, 27, 81};

  private TernaryBlocks() {}

  /// A byte is five digits of base 3, as a fraction of 256.
  static void tq1(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 54, y += 256) {
      float scale = Bytes.half(from, b + 52);
      digits(from, b, 32, 5, scale, to, y);
      digits(from, b + 32, 16, 5, scale, to, y + 160);
      digits(from, b + 48, 4, 4, scale, to, y + 240);
    }
  }

  private static void digits(
      byte[] from, int at, int bytes, int digits, float scale, float[] to, int y) {
    for (int digit = 0; digit < digits; digit++) {
      for (int i = 0; i < bytes; i++) {
        int q = (from[at + i] * POWERS[digit]) & 0xFF;
        to[y + digit * bytes + i] = scale * (((q * 3) >> 8) - 1);
      }
    }
  }

  static void tq2(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 66, y += 256) {
      float scale = Bytes.half(from, b + 64);
      for (int group = 0; group < 8; group++) {
        int bytes = b + 32 * (group / 4);
        int shift = 2 * (group % 4);
        for (int i = 0; i < 32; i++) {
          to[y + 32 * group + i] = scale * (((from[bytes + i] >> shift) & 3) - 1);
        }
      }
    }
  }

  static void q1(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 18, y += 128) {
      float scale = Bytes.half(from, b);
      for (int i = 0; i < 128; i++) {
        to[y + i] = (from[b + 2 + i / 8] >> (i % 8) & 1) == 1 ? scale : -scale;
      }
    }
  }
}
