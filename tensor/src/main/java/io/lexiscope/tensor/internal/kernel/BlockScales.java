package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.COUNT;
import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// What the loops over blocks read beside the numbers themselves: scales, and tables of numbers.
final class BlockScales {
  /// Bytes that become a vector of ints.
  static final VectorSpecies<Byte> PACKED =
      COUNT >= 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  /// Scales are unpacked eight at a time, whatever the width of vectors.
  static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;

  private static final VectorSpecies<Integer> EIGHT_INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Byte> EIGHT_BYTES = ByteVector.SPECIES_64;

  /// Floats of room that the scales of a block take.
  static final int ROOM = 48;

  /// Where in the room least numbers begin.
  static final long LEASTS = 64;

  /// Where in the room bytes are put together.
  private static final long BYTES = 128;

  /// 0, 1, 2, …
  static final IntVector PLACES = IntVector.zero(HalfPairs.INTS).addIndex(1);

  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
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

  /// Scales and minima of 6 bits of the 8 groups of Q4_K and Q5_K.
  ///
  /// @param at 12 bytes
  /// @param d what scales are multiplied with
  /// @param m what minima are multiplied with and taken off
  /// @param room for floats: 8 scales, and 8 minima from [#LEASTS] on
  static void unpackSixes(long at, float d, float m, long room) {
    int scales = ALL.get(INT, at);
    int leasts = ALL.get(INT, at + 4);
    int both = ALL.get(INT, at + 8);
    put(room + BYTES, scales & SIX, (both & FOUR) | (scales >>> 6 & TWO) << 4);
    put(room + BYTES + 8, leasts & SIX, (both >>> 4 & FOUR) | (leasts >>> 6 & TWO) << 4);
    for (int half = 0; half < 2; half++) {
      IntVector numbers =
          (IntVector)
              ByteVector.fromMemorySegment(EIGHT_BYTES, ALL, room + BYTES + 8L * half, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, EIGHT_INTS, 0);
      ((FloatVector) numbers.convert(VectorOperators.I2F, 0))
          .mul(half == 0 ? d : -m)
          .intoMemorySegment(ALL, room + LEASTS * half, ORDER);
    }
  }

  /// Scales and minima of 4 bits of the 16 groups of Q2_K, likewise.
  ///
  /// @param at 16 bytes
  static void unpackFours(long at, float d, float m, long room) {
    for (int half = 0; half < 2; half++) {
      IntVector both =
          (IntVector)
              ByteVector.fromMemorySegment(EIGHT_BYTES, ALL, at + 8L * half, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, EIGHT_INTS, 0);
      ((FloatVector) both.and(15).convert(VectorOperators.I2F, 0))
          .mul(d)
          .intoMemorySegment(ALL, room + 32L * half, ORDER);
      ((FloatVector) both.lanewise(VectorOperators.LSHR, 4).convert(VectorOperators.I2F, 0))
          .mul(-m)
          .intoMemorySegment(ALL, room + LEASTS + 32L * half, ORDER);
    }
  }

  /// Scales of 6 bits of the 16 groups of Q3_K, less 32.
  ///
  /// @param at 12 bytes
  static void unpackThirds(long at, float d, long room) {
    int first = ALL.get(INT, at);
    int second = ALL.get(INT, at + 4);
    int upper = ALL.get(INT, at + 8);
    put(
        room + BYTES,
        (first & FOUR) | (upper & TWO) << 4,
        (second & FOUR) | (upper >>> 2 & TWO) << 4);
    put(
        room + BYTES + 8,
        (first >>> 4 & FOUR) | (upper >>> 4 & TWO) << 4,
        (second >>> 4 & FOUR) | (upper >>> 6 & TWO) << 4);
    signed(room + BYTES, /* less= */ 32, d, room);
  }

  /// The signed scales of 8 bits of the 16 groups of Q6_K.
  ///
  /// @param at 16 bytes
  static void unpackSigned(long at, float d, long room) {
    signed(at, /* less= */ 0, d, room);
  }

  private static void signed(long at, int less, float d, long room) {
    for (int half = 0; half < 2; half++) {
      IntVector scales =
          (IntVector)
              ByteVector.fromMemorySegment(EIGHT_BYTES, ALL, at + 8L * half, ORDER)
                  .convertShape(VectorOperators.B2I, EIGHT_INTS, 0);
      ((FloatVector) scales.sub(less).convert(VectorOperators.I2F, 0))
          .mul(d)
          .intoMemorySegment(ALL, room + 32L * half, ORDER);
    }
  }

  /// Eight bytes in one piece: what is written in two is not there yet when it is read at once.
  private static void put(long at, int first, int last) {
    ALL.set(LONG, at, Integer.toUnsignedLong(first) | (long) last << 32);
  }

  /// The signed scale of 6 bits of one of 8 groups of IQ4_XS.
  static int six(long scales, int group) {
    int low = (ALL.get(BYTE, scales + 2 + group / 2) >> (4 * (group % 2))) & 15;
    int high = (ALL.get(BYTE, scales + group / 4) >> (2 * (group % 4))) & 3;
    return (low | high << 4) - 32;
  }
}
