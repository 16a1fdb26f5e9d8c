package io.lexiscope.tensor.block;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// The points that blocks name by number: chosen by the authors of the formats, published with ggml
/// (MIT licence), and kept in a resource of 9,216 bytes.
///
/// @param values coordinates, point after point
/// @param width coordinates of a point
@SuppressWarnings("ArrayRecordComponent") // read in inner loops; two grids are never compared
record Grid(byte[] values, int width) {
  private static final String RESOURCE = "grids.bin";
  private static final byte[] TWO_BITS = {0x08, 0x19, 0x2B};
  private static final byte[] EVEN = {0x04, 0x0C, 0x14, 0x1C, 0x24, 0x2C, 0x34, 0x3E};
  private static final byte[] ODD = {0x01, 0x03, 0x05, 0x07, 0x09, 0x0B, 0x0D, 0x0F};
  private static final byte[] SIGNS = {-1, 0, 1};

  private static final byte[] PACKED = read();

  static final Grid IQ2_XXS = unpacked(0, 256, 8, 2, TWO_BITS);
  static final Grid IQ2_XS = unpacked(512, 512, 8, 2, TWO_BITS);
  static final Grid IQ2_S = unpacked(1536, 1024, 8, 2, TWO_BITS);
  static final Grid IQ3_XXS = unpacked(3584, 256, 4, 4, EVEN);
  static final Grid IQ3_S = unpacked(4096, 512, 4, 4, ODD);
  static final Grid IQ1_S = unpacked(5120, 2048, 8, 2, SIGNS);

  /// @param at where the grid begins
  /// @param bits of a coordinate, lowest first
  /// @param meaning what each value of them stands for
  private static Grid unpacked(int at, int points, int width, int bits, byte[] meaning) {
    byte[] values = new byte[points * width];
    int each = 8 / bits;
    for (int i = 0; i < values.length; i++) {
      int code = (PACKED[at + i / each] >> (i % each * bits)) & ((1 << bits) - 1);
      values[i] = meaning[code];
    }
    return new Grid(values, width);
  }

  private static byte[] read() {
    try (InputStream in = Grid.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("blocks: expected the resource " + RESOURCE + ", got none");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Grid grid && width == grid.width && Arrays.equals(values, grid.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + width;
  }
}
