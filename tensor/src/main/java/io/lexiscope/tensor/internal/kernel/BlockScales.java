package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.COUNT;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// What the loops over blocks read beside the numbers themselves: scales, and tables of numbers.
final class BlockScales {
  /// Bytes that become a vector of ints.
  static final VectorSpecies<Byte> PACKED =
      COUNT >= 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  /// 0, 1, 2, …
  static final IntVector PLACES = IntVector.zero(HalfPairs.INTS).addIndex(1);

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

  private static final int[] UNEVEN =
      bits(-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113);

  /// Bits of the floats that IQ4_NL and IQ4_XS choose from, the first and the last of them.
  static final IntVector UNEVEN_LOW = first(UNEVEN);

  static final IntVector UNEVEN_HIGH = last(UNEVEN);

  private static final int[] FOUR_BIT_FLOATS =
      bits(0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12);

  /// The same of MXFP4, doubled.
  static final IntVector FOUR_BIT_FLOATS_LOW = first(FOUR_BIT_FLOATS);

  static final IntVector FOUR_BIT_FLOATS_HIGH = last(FOUR_BIT_FLOATS);

  /// Six, four and two bits of each of four bytes.
  private static final int SIX = 0x3F3F3F3F;

  private static final int FOUR = 0x0F0F0F0F;
  private static final int TWO = 0x03030303;

  private BlockScales() {}

  private static int[] bits(int... numbers) {
    int[] bits = new int[16];
    for (int i = 0; i < 16; i++) {
      bits[i] = Float.floatToRawIntBits(numbers[i]);
    }
    return bits;
  }

  private static IntVector first(int[] bits) {
    return IntVector.fromArray(HalfPairs.INTS, repeated(bits), 0);
  }

  private static IntVector last(int[] bits) {
    return IntVector.fromArray(HalfPairs.INTS, repeated(bits), 16 - Math.min(16, COUNT));
  }

  /// Wide enough for any vector.
  private static int[] repeated(int[] bits) {
    int[] all = new int[Math.max(32, 2 * COUNT)];
    for (int i = 0; i < all.length; i++) {
      all[i] = bits[i % 16];
    }
    return all;
  }

  static float half(long at) {
    return Float.float16ToFloat(ALL.get(SHORT, at));
  }

  /// Half of the power of two whose exponent a byte is.
  static float power(long at) {
    int exponent = ALL.get(BYTE, at) & 0xFF;
    return Float.intBitsToFloat(exponent < 2 ? 0x0020_0000 << exponent : (exponent - 1) << 23);
  }

  /// The lower four bits of a byte.
  static int low(long at) {
    return ALL.get(BYTE, at) & 15;
  }

  /// The upper four bits of a byte.
  static int high(long at) {
    return ALL.get(BYTE, at) >> 4 & 15;
  }

  /// The scales of 6 bits of the 8 groups of Q4_K and Q5_K, a byte each.
  static long scales(long at) {
    int first = ALL.get(INT, at);
    return pair(first & SIX, (ALL.get(INT, at + 8) & FOUR) | (first >>> 6 & TWO) << 4);
  }

  /// The minima of 6 bits of the 8 groups of Q4_K and Q5_K, a byte each.
  static long leasts(long at) {
    int first = ALL.get(INT, at + 4);
    return pair(first & SIX, (ALL.get(INT, at + 8) >>> 4 & FOUR) | (first >>> 6 & TWO) << 4);
  }

  /// The scales of 6 bits of the first 8 groups of Q3_K, a byte each; 32 is to be taken off.
  static long firstThirds(long at) {
    int upper = ALL.get(INT, at + 8);
    return pair(
        (ALL.get(INT, at) & FOUR) | (upper & TWO) << 4,
        (ALL.get(INT, at + 4) & FOUR) | (upper >>> 2 & TWO) << 4);
  }

  /// Those of its last 8 groups.
  static long lastThirds(long at) {
    int upper = ALL.get(INT, at + 8);
    return pair(
        (ALL.get(INT, at) >>> 4 & FOUR) | (upper >>> 4 & TWO) << 4,
        (ALL.get(INT, at + 4) >>> 4 & FOUR) | (upper >>> 6 & TWO) << 4);
  }

  private static long pair(int first, int last) {
    return Integer.toUnsignedLong(first) | (long) last << 32;
  }

  /// The signed scale of 6 bits of one of 8 groups of IQ4_XS.
  static int six(long scales, int group) {
    int low = (ALL.get(BYTE, scales + 2 + group / 2) >> (4 * (group % 2))) & 15;
    int high = (ALL.get(BYTE, scales + group / 4) >> (2 * (group % 4))) & 3;
    return (low | high << 4) - 32;
  }
}
