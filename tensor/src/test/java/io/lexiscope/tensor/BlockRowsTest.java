package io.lexiscope.tensor;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.tensor.block.BlockType;
import io.lexiscope.tensor.testing.Tolerance;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockRowsTest {
  private static final int ROWS = 37;
  private static final int COLUMNS = 512;

  /// A random matrix in blocks, and its numbers as floats.
  private static void with(BlockType type, BiConsumer<Tensor, Tensor> work) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment blocks = random(arena, type);
      byte[] bytes = blocks.toArray(ValueLayout.JAVA_BYTE);
      float[] floats = new float[ROWS * COLUMNS];
      type.widen(bytes, 0, floats.length / type.elements(), floats, 0);
      TensorScope.tidyRun(
          () ->
              work.accept(
                  Tensors.ofBlocks(blocks, type, Shape.of(ROWS, COLUMNS)),
                  Tensors.of(floats, Shape.of(ROWS, COLUMNS))));
    }
  }

  static MemorySegment random(Arena arena, BlockType type) {
    var bytes = new byte[(int) (ROWS * type.bytesOf(COLUMNS))];
    new Random(7).nextBytes(bytes);
    int scales = type == BlockType.Q6_K ? 208 : 0;
    for (int at = scales; at < bytes.length; at += type.bytes()) {
      half(bytes, at, 0.01f);
      if (type == BlockType.Q4_1) {
        half(bytes, at + 2, -0.07f);
      }
    }
    MemorySegment blocks = arena.allocate(bytes.length);
    MemorySegment.copy(bytes, 0, blocks, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return blocks;
  }

  private static void half(byte[] bytes, int at, float number) {
    short bits = Float.floatToFloat16(number);
    bytes[at] = (byte) bits;
    bytes[at + 1] = (byte) (bits >> 8);
  }

  @ParameterizedTest
  @EnumSource(names = {"Q4_1", "Q8_0", "Q6_K"})
  void everyOperationSeesTheNumbersThatTheBlocksStandFor(BlockType type) {
    with(
        type,
        (blocks, floats) -> {
          assertThat(blocks.dtype()).isEqualTo(DType.BLOCKS);
          assertThat(blocks.shape()).isEqualTo(Shape.of(ROWS, COLUMNS));
          assertThat(blocks.toFloats()).isEqualTo(floats.toFloats());
          assertThat(blocks.to(DType.FLOAT32).dtype()).isEqualTo(DType.FLOAT32);
          assertThat(blocks.transpose(0, 1).toFloats())
              .isEqualTo(floats.transpose(0, 1).toFloats());
          assertThat(blocks.mul(2).toFloats()).isEqualTo(floats.mul(2).toFloats());
          assertThat(floats.add(blocks).toFloats()).isEqualTo(floats.add(floats).toFloats());
          assertThat(blocks.select(0, -2).toFloats()).isEqualTo(floats.select(0, -2).toFloats());
          assertThat(blocks.select(1, 300).toFloats()).isEqualTo(floats.select(1, 300).toFloats());
          assertThat(blocks.narrow(1, 33, 270).toFloats())
              .isEqualTo(floats.narrow(1, 33, 270).toFloats());
          Tensor picked = Tensors.ofLongs(5, 0, 36, 5);
          assertThat(blocks.indexSelect(0, picked).toFloats())
              .isEqualTo(floats.indexSelect(0, picked).toFloats());
          assertThat(blocks.indexSelect(1, picked).toFloats())
              .isEqualTo(floats.indexSelect(1, picked).toFloats());
          Tensor ids = Tensors.ofLongs(new long[] {1, 2, 3, 4, 36, 0}, Shape.of(2, 3));
          assertThat(Nn.embedding(blocks, ids).shape()).isEqualTo(Shape.of(2, 3, COLUMNS));
          assertThat(Nn.embedding(blocks, ids).toFloats())
              .isEqualTo(Nn.embedding(floats, ids).toFloats());
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"Q4_1", "Q8_0", "Q6_K"})
  void rowsOfBlocksStayBlocks(BlockType type) {
    with(
        type,
        (blocks, floats) -> {
          Tensor some = blocks.narrow(0, 3, 20).narrow(0, 1, 7);

          assertThat(some.dtype()).isEqualTo(DType.BLOCKS);
          assertThat(some.toFloats()).isEqualTo(floats.narrow(0, 4, 7).toFloats());
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"Q4_1", "Q8_0", "Q6_K"})
  void aProductWithBlocksIsTheProductWithTheirNumbers(BlockType type) {
    with(
        type,
        (blocks, floats) -> {
          Tensor x = Tensors.arange(3 * COLUMNS).to(DType.FLOAT32).mul(0.37).sin();
          Tensor rows = x.reshape(1, 3, COLUMNS);
          Tensor bias = Tensors.arange(ROWS).to(DType.FLOAT32);

          Tensor y = Nn.linear(rows, blocks, bias, WeightLayout.OUT_IN);

          assertThat(y.shape()).isEqualTo(Shape.of(1, 3, ROWS));
          assertClose(y, rows.matmul(floats.transpose(0, 1)).add(bias), Tolerance.within(1e-4));
        });
  }

  @Test
  void aProductOfManyTilesHasEveryOutput() {
    int rows = 9000; // more than one tile of 512 inputs
    try (Arena arena = Arena.ofShared()) {
      MemorySegment blocks = arena.allocate(rows * BlockType.Q8_0.bytesOf(COLUMNS));
      for (int row = 0; row < rows; row++) {
        long at = row * BlockType.Q8_0.bytesOf(COLUMNS);
        blocks.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Float.floatToFloat16(0.5f));
        blocks.set(ValueLayout.JAVA_BYTE, at + 2, (byte) (row % 100));
      }
      TensorScope.tidyRun(
          () -> {
            Tensor weight = Tensors.ofBlocks(blocks, BlockType.Q8_0, Shape.of(rows, COLUMNS));
            float[] y =
                Nn.linear(Tensors.ones(Shape.of(1, COLUMNS)), weight, null, WeightLayout.OUT_IN)
                    .toFloats();
            for (int row = 0; row < rows; row++) {
              assertThat(y[row]).isEqualTo(0.5f * (row % 100));
            }
          });
    }
  }

  @Test
  void blocksThatEndWithinARowAreRefused() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(34 * 4);

      assertThatThrownBy(() -> Tensors.ofBlocks(bytes, BlockType.Q8_0, Shape.of(2, 48)))
          .isInstanceOf(TensorException.class)
          .hasMessageContaining("whole blocks of 32");
      assertThatThrownBy(() -> Tensors.ofBlocks(bytes, BlockType.Q8_0, Shape.of(3, 32)))
          .isInstanceOf(TensorException.class);
    }
  }
}
