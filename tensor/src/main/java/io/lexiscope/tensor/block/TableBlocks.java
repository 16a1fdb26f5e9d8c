package io.lexiscope.tensor.block;

/// Blocks whose numbers are places in a table of 16.
final class TableBlocks {
  /// Denser around zero.
  private static final byte[] UNEVEN = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  /// The floats of 4 bits, doubled.
  private static final byte[] FLOATS = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

  private TableBlocks() {}

  static void iq4Plain(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 18, y += 32) {
      halves(from, b + 2, 16, UNEVEN, Bytes.half(from, b), to, y);
    }
  }

  static void iq4Super(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 136, y += 256) {
      float scale = Bytes.half(from, b);
      int upper = Bytes.unsigned16(from, b + 2);
      for (int group = 0; group < 8; group++) {
        int low = (from[b + 4 + group / 2] >> (4 * (group % 2))) & 15;
        int high = (upper >> (2 * group)) & 3;
        float d = scale * ((low | high << 4) - 32);
        halves(from, b + 8 + 16 * group, 16, UNEVEN, d, to, y + 32 * group);
      }
    }
  }

  static void mxfp4(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 17, y += 32) {
      int exponent = from[b] & 0xFF;
      // Half of 2^(exponent − 127): the table's numbers are doubled.
      int bits = exponent < 2 ? 0x0020_0000 << exponent : (exponent - 1) << 23;
      halves(from, b + 1, 16, FLOATS, Float.intBitsToFloat(bits), to, y);
    }
  }

  static void nvfp4(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 36, y += 64) {
      for (int group = 0; group < 4; group++) {
        float d = eightBits(from[b + group] & 0xFF);
        halves(from, b + 4 + 8 * group, 8, FLOATS, d, to, y + 16 * group);
      }
    }
  }

  /// Half of a float of 4 exponent bits and 3 bits of fraction, the sign left out.
  private static float eightBits(int bits) {
    if (bits == 0 || bits == 0x7F) {
      return 0;
    }
    int exponent = bits >> 3 & 15;
    int fraction = bits & 7;
    float number =
        exponent == 0
            ? Math.scalb((float) fraction, -9)
            : Math.scalb(1 + fraction / 8f, exponent - 7);
    return number * 0.5f;
  }

  /// Lower halves of some bytes, then the upper ones.
  private static void halves(
      byte[] from, int at, int count, byte[] table, float scale, float[] to, int y) {
    for (int i = 0; i < count; i++) {
      int q = from[at + i];
      to[y + i] = scale * table[q & 15];
      to[y + count + i] = scale * table[(q >> 4) & 15];
    }
  }
}
