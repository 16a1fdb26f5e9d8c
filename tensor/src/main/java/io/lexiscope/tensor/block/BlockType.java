package io.lexiscope.tensor.block;

import com.google.errorprone.annotations.Immutable;

/// A way to store numbers in blocks, under the name that ggml gives it.
public enum BlockType {
  /// 4 bits and a scale.
  Q4_0(32, 18, SimpleBlocks::q4Plain),
  /// 4 bits, a scale and a minimum.
  Q4_1(32, 20, SimpleBlocks::q4Offset),
  /// 5 bits and a scale.
  Q5_0(32, 22, SimpleBlocks::q5Plain),
  /// 5 bits, a scale and a minimum.
  Q5_1(32, 24, SimpleBlocks::q5Offset),
  /// 8 bits and a scale.
  Q8_0(32, 34, SimpleBlocks::q8Plain),
  /// 8 bits, a scale and a sum.
  Q8_1(32, 36, SimpleBlocks::q8Summed),
  /// 2 bits in a block of blocks with scales and minima of 4 bits.
  Q2_K(256, 84, SuperBlocks::q2),
  /// 3 bits in a block of blocks with scales of 6 bits.
  Q3_K(256, 110, SuperBlocks::q3),
  /// 4 bits in a block of blocks with scales and minima of 6 bits.
  Q4_K(256, 144, SuperBlocks::q4),
  /// 5 bits in a block of blocks with scales and minima of 6 bits.
  Q5_K(256, 176, SuperBlocks::q5),
  /// 6 bits in a block of blocks with scales of 8 bits.
  Q6_K(256, 210, SuperBlocks::q6),
  /// 8 bits and a scale in float32.
  Q8_K(256, 292, SuperBlocks::q8),
  /// 4 bits that point into a table of 16 numbers.
  IQ4_NL(32, 18, TableBlocks::iq4Plain),
  /// The same in a block of blocks with scales of 6 bits.
  IQ4_XS(256, 136, TableBlocks::iq4Super),
  /// 4-bit floats that share an exponent.
  MXFP4(32, 17, TableBlocks::mxfp4),
  /// 4-bit floats, 16 of which share an 8-bit float.
  NVFP4(64, 36, TableBlocks::nvfp4),
  /// Points of a grid with 2.06 bits a number.
  IQ2_XXS(256, 66, GridBlocks::iq2Smallest),
  /// Points of a grid with 2.31 bits a number.
  IQ2_XS(256, 74, GridBlocks::iq2Smaller),
  /// Points of a grid with 2.56 bits a number.
  IQ2_S(256, 82, GridBlocks::iq2Small),
  /// Points of a grid with 3.06 bits a number.
  IQ3_XXS(256, 98, GridBlocks::iq3Smallest),
  /// Points of a grid with 3.44 bits a number.
  IQ3_S(256, 110, GridBlocks::iq3Small),
  /// Points of a grid with 1.56 bits a number.
  IQ1_S(256, 50, GridBlocks::iq1Small),
  /// Points of a grid with 1.75 bits a number.
  IQ1_M(256, 56, GridBlocks::iq1Medium),
  /// −1, 0 and 1, five in a byte.
  TQ1_0(256, 54, TernaryBlocks::tq1),
  /// −1, 0 and 1, four in a byte.
  TQ2_0(256, 66, TernaryBlocks::tq2),
  /// −1 and 1, eight in a byte.
  Q1_0(128, 18, TernaryBlocks::q1);

  private final int elements;
  private final int bytes;
  private final Widening widening;

  /// Widens some blocks that follow each other.
  @Immutable
  private interface Widening {
    void widen(byte[] from, int at, int blocks, float[] to, int start);
  }

  BlockType(int elements, int bytes, Widening widening) {
    this.elements = elements;
    this.bytes = bytes;
    this.widening = widening;
  }

  /// Numbers in a block.
  public int elements() {
    return elements;
  }

  /// Bytes of a block.
  public int bytes() {
    return bytes;
  }

  /// Bytes of numbers that fill whole blocks.
  ///
  /// @param count a multiple of [#elements]
  public long bytesOf(long count) {
    return count / elements * bytes;
  }

  /// Widens blocks to float32: every number as the reference does, bit by bit.
  ///
  /// @param from the blocks, little-endian; not modified
  /// @param at where in `from` the first begins
  /// @param blocks how many there are
  /// @param to where the numbers go
  /// @param start where in `to` the first number goes
  public void widen(byte[] from, int at, int blocks, float[] to, int start) {
    widening.widen(from, at, blocks, to, start);
  }
}
