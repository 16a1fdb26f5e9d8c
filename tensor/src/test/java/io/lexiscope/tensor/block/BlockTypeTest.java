package io.lexiscope.tensor.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockTypeTest {
  /// What make_blocks.py wrote: blocks of a type and the floats that the reference gives.
  @SuppressWarnings("ArrayRecordComponent") // goldens are never compared with each other
  private record Golden(int blocks, byte[] bytes, int[] bits) {}

  private static Map<BlockType, Golden> goldens() {
    try (InputStream in = BlockTypeTest.class.getResourceAsStream("/blocks/golden.bin")) {
      ByteBuffer data = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      var goldens = new TreeMap<BlockType, Golden>();
      for (int types = data.getInt(); types > 0; types--) {
        var name = new byte[data.getInt()];
        data.get(name);
        BlockType type = BlockType.valueOf(new String(name, StandardCharsets.UTF_8));
        int blocks = data.getInt();
        var bytes = new byte[blocks * type.bytes()];
        data.get(bytes);
        var bits = new int[blocks * type.elements()];
        data.asIntBuffer().get(bits);
        data.position(data.position() + 4 * bits.length);
        goldens.put(type, new Golden(blocks, bytes, bits));
      }
      return goldens;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<BlockType> types() {
    return goldens().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void blocksAreWidenedToTheReferencesBits(BlockType type) {
    Golden golden = java.util.Objects.requireNonNull(goldens().get(type));
    var floats = new float[golden.bits().length + 2];

    type.widen(golden.bytes(), /* at= */ 0, golden.blocks(), floats, /* start= */ 1);

    var bits = new int[golden.bits().length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(floats[i + 1]);
    }
    assertThat(bits).isEqualTo(golden.bits());
    assertThat(floats[0]).isZero();
    assertThat(floats[floats.length - 1]).isZero();
  }

  @Test
  void everyTypeHasAGolden() {
    // Q8_1 never stands in a file, and the reference does not widen it.
    assertThat(goldens().keySet()).isEqualTo(EnumSet.complementOf(EnumSet.of(BlockType.Q8_1)));
  }

  @Test
  void sumsBesideEightBitsAreLeftOut() {
    var block = new byte[BlockType.Q8_1.bytes()];
    block[1] = 0x3C; // 1.0 in half precision
    block[2] = 77;
    block[4] = -5;
    block[35] = 7;
    var floats = new float[32];

    BlockType.Q8_1.widen(block, 0, 1, floats, 0);

    assertThat(floats[0]).isEqualTo(-5);
    assertThat(floats[31]).isEqualTo(7);
  }
}
