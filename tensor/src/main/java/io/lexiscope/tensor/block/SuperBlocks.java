package io.lexiscope.tensor.block;

/// Blocks of 256 numbers in 8 or 16 smaller ones, whose scales are small integers times a scale of
/// the whole.
final class SuperBlocks {
  private static final int SIZE = 256;

  private SuperBlocks() {}

  static void q2(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 84, y += SIZE) {
      float scale = Bytes.half(from, b + 80);
      float least = Bytes.half(from, b + 82);
      for (int group = 0; group < 16; group++) {
        int packed = from[b + group];
        float d = scale * (packed & 15);
        float m = least * ((packed >> 4) & 15);
        int bytes = b + 16 + 32 * (group / 8) + 16 * (group % 2);
        int shift = 2 * (group / 2 % 4);
        for (int i = 0; i < 16; i++) {
          to[y + 16 * group + i] = d * ((from[bytes + i] >> shift) & 3) - m;
        }
      }
    }
  }

  static void q3(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 110, y += SIZE) {
      float scale = Bytes.half(from, b + 108);
      for (int group = 0; group < 16; group++) {
        int low = (from[b + 96 + group % 8] >> (group < 8 ? 0 : 4)) & 15;
        int high = (from[b + 104 + group % 4] >> (2 * (group / 4))) & 3;
        float d = scale * ((low | high << 4) - 32);
        int bytes = b + 32 + 32 * (group / 8) + 16 * (group % 2);
        int shift = 2 * (group / 2 % 4);
        int masks = b + 16 * (group % 2);
        for (int i = 0; i < 16; i++) {
          int third = (from[masks + i] >> (group / 2)) & 1;
          to[y + 16 * group + i] = d * (((from[bytes + i] >> shift) & 3) - (third == 1 ? 0 : 4));
        }
      }
    }
  }

  /// The scale of 6 bits of one of 8 groups.
  private static int scale(byte[] from, int scales, int group) {
    return group < 4
        ? from[scales + group] & 63
        : (from[scales + 4 + group] & 15) | (from[scales + group - 4] >> 2 & 0x30);
  }

  /// The minimum of 6 bits of one of 8 groups.
  private static int least(byte[] from, int scales, int group) {
    return group < 4
        ? from[scales + 4 + group] & 63
        : (from[scales + 4 + group] >> 4 & 15) | (from[scales + group] >> 2 & 0x30);
  }

  static void q4(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 144, y += SIZE) {
      float scale = Bytes.half(from, b);
      float least = Bytes.half(from, b + 2);
      for (int group = 0; group < 8; group++) {
        float d = scale * scale(from, b + 4, group);
        float m = least * least(from, b + 4, group);
        int bytes = b + 16 + 32 * (group / 2);
        int shift = 4 * (group % 2);
        for (int i = 0; i < 32; i++) {
          to[y + 32 * group + i] = d * ((from[bytes + i] >> shift) & 15) - m;
        }
      }
    }
  }

  static void q5(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 176, y += SIZE) {
      float scale = Bytes.half(from, b);
      float least = Bytes.half(from, b + 2);
      for (int group = 0; group < 8; group++) {
        float d = scale * scale(from, b + 4, group);
        float m = least * least(from, b + 4, group);
        int bytes = b + 48 + 32 * (group / 2);
        int shift = 4 * (group % 2);
        for (int i = 0; i < 32; i++) {
          int fifth = (from[b + 16 + i] >> group) & 1;
          to[y + 32 * group + i] = d * (((from[bytes + i] >> shift) & 15) | fifth << 4) - m;
        }
      }
    }
  }

  static void q6(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 210, y += SIZE) {
      float scale = Bytes.half(from, b + 208);
      for (int group = 0; group < 16; group++) {
        float d = scale * from[b + 192 + group];
        int half = group / 8;
        int part = group % 8;
        int low = b + 64 * half + 16 * (part % 4);
        int lowShift = part < 4 ? 0 : 4;
        int high = b + 128 + 32 * half + 16 * (part % 2);
        int highShift = 2 * (part / 2);
        for (int i = 0; i < 16; i++) {
          int q = ((from[low + i] >> lowShift) & 15) | ((from[high + i] >> highShift) & 3) << 4;
          to[y + 16 * group + i] = d * (q - 32);
        }
      }
    }
  }

  static void q8(byte[] from, int at, int blocks, float[] to, int start) {
    for (int block = 0, b = at, y = start; block < blocks; block++, b += 292, y += SIZE) {
      float scale = Bytes.single(from, b);
      for (int i = 0; i < SIZE; i++) {
        to[y + i] = scale * from[b + 4 + i];
      }
    }
  }
}
