package io.lexiscope.tensor.block;

/// Blocks of 256 numbers that are named eight or four at a time, as points of a [Grid].
final class GridBlocks {
  private static final int SIZE = 256;

  /// What a number of the smallest types is moved by.
  private static final float SHIFT = 0.125f;

  private GridBlocks() {}

  /// Seven signs, and the eighth so that their number is even.
  private static int signs(int seven) {
    return seven | (Integer.bitCount(seven) & 1) << 7;
  }

  private static void point(Grid grid, int index, int signs, float scale, float[] to, int y) {
    byte[] values = grid.values();
    int width = grid.width();
    for (int i = 0; i < width; i++) {
      float size = scale * values[index * width + i];
      to[y + i] = (signs >> i & 1) == 0 ? size : -size;
    }
  }

  static void iq2Smallest(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 66, y += SIZE) {
      float scale = Bytes.half(from, b);
      for (int group = 0; group < 8; group++) {
        int packed = Bytes.bits32(from, b + 6 + 8 * group);
        float d = scale * (0.5f + (packed >>> 28)) * 0.25f;
        for (int i = 0; i < 4; i++) {
          int index = from[b + 2 + 8 * group + i] & 0xFF;
          point(
              Grid.IQ2_XXS, index, signs(packed >>> (7 * i) & 127), d, to, y + 32 * group + 8 * i);
        }
      }
    }
  }

  static void iq2Smaller(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 74, y += SIZE) {
      float scale = Bytes.half(from, b);
      for (int i = 0; i < 32; i++) {
        int packed = Bytes.unsigned16(from, b + 2 + 2 * i);
        float d = quarter(scale, from[b + 66 + i / 4] >> (i / 2 % 2 * 4));
        point(Grid.IQ2_XS, packed & 511, signs(packed >> 9), d, to, y + 8 * i);
      }
    }
  }

  static void iq2Small(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 82, y += SIZE) {
      float scale = Bytes.half(from, b);
      for (int i = 0; i < 32; i++) {
        int high = (from[b + 66 + i / 4] >> (2 * (i % 4))) & 3;
        int index = (from[b + 2 + i] & 0xFF) | high << 8;
        float d = quarter(scale, from[b + 74 + i / 4] >> (i / 2 % 2 * 4));
        point(Grid.IQ2_S, index, from[b + 34 + i], d, to, y + 8 * i);
      }
    }
  }

  private static float quarter(float scale, int packed) {
    return scale * (0.5f + (packed & 15)) * 0.25f;
  }

  static void iq3Smallest(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 98, y += SIZE) {
      float scale = Bytes.half(from, b);
      for (int group = 0; group < 8; group++) {
        int packed = Bytes.bits32(from, b + 66 + 4 * group);
        float d = scale * (0.5f + (packed >>> 28)) * 0.5f;
        for (int i = 0; i < 8; i++) {
          int index = from[b + 2 + 8 * group + i] & 0xFF;
          int signs = signs(packed >>> (7 * (i / 2)) & 127) >> (i % 2 * 4);
          point(Grid.IQ3_XXS, index, signs, d, to, y + 32 * group + 4 * i);
        }
      }
    }
  }

  static void iq3Small(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 110, y += SIZE) {
      float scale = Bytes.half(from, b);
      for (int i = 0; i < 64; i++) {
        int high = (from[b + 66 + i / 8] >> (i % 8)) & 1;
        int index = (from[b + 2 + i] & 0xFF) | high << 8;
        int packed = from[b + 106 + i / 16] >> (i / 8 % 2 * 4) & 15;
        int signs = from[b + 74 + i / 2] >> (i % 2 * 4);
        point(Grid.IQ3_S, index, signs, scale * (1 + 2 * packed), to, y + 4 * i);
      }
    }
  }

  static void iq1Small(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 50, y += SIZE) {
      float scale = Bytes.half(from, b);
      for (int group = 0; group < 8; group++) {
        int packed = Bytes.unsigned16(from, b + 34 + 2 * group);
        float d = scale * (2 * (packed >> 12 & 7) + 1);
        float shift = (packed & 0x8000) == 0 ? SHIFT : -SHIFT;
        for (int i = 0; i < 4; i++) {
          int index = (from[b + 2 + 4 * group + i] & 0xFF) | (packed >> (3 * i) & 7) << 8;
          shifted(index, d, shift, to, y + 32 * group + 8 * i);
        }
      }
    }
  }

  /// The scale of the whole is kept in the upper four bits of the groups' scales.
  static void iq1Medium(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 56, y += SIZE) {
      int bits = 0;
      for (int i = 0; i < 4; i++) {
        bits |= Bytes.unsigned16(from, b + 48 + 2 * i) >> 12 << (4 * i);
      }
      float scale = Float.float16ToFloat((short) bits);
      for (int i = 0; i < 32; i++) {
        int packed = Bytes.unsigned16(from, b + 48 + 2 * (i / 8));
        float d = scale * (2 * (packed >> (3 * (i / 2 % 4)) & 7) + 1);
        int high = from[b + 32 + i / 2] >> (i % 2 * 4);
        int index = (from[b + i] & 0xFF) | (high & 7) << 8;
        shifted(index, d, (high & 8) == 0 ? SHIFT : -SHIFT, to, y + 8 * i);
      }
    }
  }

  private static void shifted(int index, float scale, float shift, float[] to, int y) {
    byte[] values = Grid.IQ1_S.values();
    for (int i = 0; i < 8; i++) {
      to[y + i] = scale * (values[8 * index + i] + shift);
    }
  }
}
