package io.lexiscope.tensor;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.tensor.block.BlockType;
import io.lexiscope.tensor.internal.kernel.Kernels;
import io.lexiscope.tensor.option.NonLinearity;
import io.lexiscope.tensor.testing.Tolerance;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The kernels multiply with blocks as with the numbers they stand for.
class BlockKernelsTest {
  private static final int OUT = 61;
  private static final int IN = 512;

  @BeforeAll
  static void on() {
    NativeRuntime.kernels().use(Kernels.Mode.ALWAYS);
  }

  @AfterAll
  static void off() {
    NativeRuntime.useKernels(false);
  }

  /// Blocks whose scales are ordinary numbers; everything else is random.
  private static MemorySegment random(Arena arena, BlockType type, long seed) {
    var bytes = new byte[(int) (OUT * type.bytesOf(IN))];
    new Random(seed).nextBytes(bytes);
    for (int block = 0; block < bytes.length / type.bytes(); block++) {
      int at = block * type.bytes();
      float size = 0.001f * (1 + block % 7);
      int[] scales =
          switch (type) {
            case Q6_K -> new int[] {208};
            case Q3_K -> new int[] {108};
            case Q2_K -> new int[] {80, 82};
            case Q4_1, Q5_1, Q4_K, Q5_K -> new int[] {0, 2};
            case MXFP4 -> new int[] {};
            default -> new int[] {0};
          };
      if (type == BlockType.MXFP4) {
        bytes[at] = (byte) (115 + block % 5);
      }
      for (int scale : scales) {
        short bits = Float.floatToFloat16(scale == 2 ? -3 * size : size);
        bytes[at + scale] = (byte) bits;
        bytes[at + scale + 1] = (byte) (bits >> 8);
      }
    }
    MemorySegment blocks = arena.allocate(bytes.length, 64);
    MemorySegment.copy(bytes, 0, blocks, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return blocks;
  }

  private static float[] widened(MemorySegment blocks, BlockType type) {
    float[] floats = new float[OUT * IN];
    type.widen(
        blocks.toArray(ValueLayout.JAVA_BYTE), 0, floats.length / type.elements(), floats, 0);
    return floats;
  }

  private static double[] product(float[] x, float[] w, int rows) {
    double[] y = new double[rows * OUT];
    for (int row = 0; row < rows; row++) {
      for (int out = 0; out < OUT; out++) {
        for (int i = 0; i < IN; i++) {
          y[row * OUT + out] += (double) x[row * IN + i] * w[out * IN + i];
        }
      }
    }
    return y;
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "IQ4_NL",
        "IQ4_XS", "MXFP4"
      })
  void anyNumberOfRowsMeetsTheNumbersThatTheBlocksStandFor(BlockType type) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment blocks = random(arena, type, /* seed= */ 3);
      float[] w = widened(blocks, type);
      TensorScope.tidyRun(
          () -> {
            Tensor weight = Tensors.ofBlocks(blocks, type, Shape.of(OUT, IN));
            Tensor bias = Tensors.arange(OUT).to(DType.FLOAT32);
            for (int rows : new int[] {1, 2, 4, 5, 20, 37}) {
              Random random = new Random(rows);
              float[] x = new float[rows * IN];
              for (int i = 0; i < x.length; i++) {
                x[i] = (float) random.nextGaussian();
              }
              Tensor rowsOfX = Tensors.of(x, Shape.of(1, rows, IN));

              float[] plain = Nn.linear(rowsOfX, weight, null, WeightLayout.OUT_IN).toFloats();
              float[] biased = Nn.linear(rowsOfX, weight, bias, WeightLayout.OUT_IN).toFloats();

              double[] expected = product(x, w, rows);
              assertClose(plain, floats(expected), new Tolerance(2e-3, 1e-5));
              for (int i = 0; i < expected.length; i++) {
                expected[i] += i % OUT;
              }
              assertClose(biased, floats(expected), new Tolerance(2e-3, 1e-5));
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"Q4_1", "Q8_0", "Q4_K", "Q5_0"})
  void productsTogetherAndReadingsAreThoseOfTheFloats(BlockType type) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment one = random(arena, type, /* seed= */ 5);
      MemorySegment other = random(arena, BlockType.Q6_K, /* seed= */ 6);
      TensorScope.tidyRun(
          () -> {
            Tensor gate = Tensors.ofBlocks(one, type, Shape.of(OUT, IN));
            Tensor up = Tensors.ofBlocks(other, BlockType.Q6_K, Shape.of(OUT, IN));
            for (int rows : new int[] {1, 3, 9}) {
              Tensor x =
                  Tensors.arange((long) rows * IN)
                      .to(DType.FLOAT32)
                      .mul(0.7)
                      .sin()
                      .reshape(1, rows, IN);
              LinearWeights first = new LinearWeights(gate, null);
              LinearWeights second = new LinearWeights(up, null);

              List<Tensor> both = Nn.linears(x, List.of(first, second), WeightLayout.OUT_IN);
              Tensor gated = Nn.gated(x, first, NonLinearity.SILU, second, WeightLayout.OUT_IN);

              Tensor expected = x.matmul(gate.to(DType.FLOAT32).transpose(0, 1));
              Tensor linear = x.matmul(up.to(DType.FLOAT32).transpose(0, 1));
              assertClose(both.get(0), expected, new Tolerance(2e-3, 1e-5));
              assertClose(both.get(1), linear, new Tolerance(2e-3, 1e-5));
              assertClose(gated, Nn.silu(expected).mul(linear), new Tolerance(5e-3, 1e-3));

              Unembedding unembedding = new Unembedding(gate, null, OptionalDouble.empty());
              Unembedding wide =
                  new Unembedding(gate.to(DType.FLOAT32), null, OptionalDouble.empty());
              var request = new VocabularyReadout.Request(5, 2, List.of(7));
              var read = VocabularyReadout.read(x.reshape(rows, IN), unembedding, request);
              assertThat(read)
                  .as("the same kernels read blocks and the numbers they stand for")
                  .isEqualTo(VocabularyReadout.read(x.reshape(rows, IN), wide, request));
            }
          });
    }
  }

  /// Loops of many types that were called cold: what the first compiler gives up, or a method into
  /// which the loops of all types are inlined, stays slow for good.
  @Test
  void loopsBecomeFastWhateverTypesWereMetBefore() {
    try (Arena arena = Arena.ofShared()) {
      TensorScope.tidyRun(
          () -> {
            Tensor x = Tensors.arange(IN).to(DType.FLOAT32).reshape(1, 1, IN);
            for (int round = 0; round < 20; round++) {
              for (BlockType type : BlockType.values()) {
                MemorySegment blocks = random(arena, type, /* seed= */ 9);
                Tensor weight = Tensors.ofBlocks(blocks, type, Shape.of(OUT, IN));
                TensorScope.tidyRun(
                    () ->
                        assertThat(Nn.linear(x, weight, null, WeightLayout.OUT_IN).size(-1))
                            .isEqualTo(OUT));
              }
            }
          });
      assertThat(NativeRuntime.warmUpKernels()).isEqualTo(NativeRuntime.kernels().available());
    }
  }
}
