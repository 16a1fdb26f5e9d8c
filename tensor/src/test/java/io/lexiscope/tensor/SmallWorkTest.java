package io.lexiscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmallWorkTest {
  private final int before = NativeRuntime.threads();

  @BeforeEach
  void twoThreads() {
    NativeRuntime.setThreads(2);
  }

  @AfterEach
  void asBefore() {
    NativeRuntime.setThreads(before);
  }

  @Test
  void smallWorkRunsAloneAndLeavesTheNumberOfThreadsAsItWas() {
    int inside = SmallWork.run(/* multiplications= */ 1000, torch::get_num_threads);

    assertThat(inside).isEqualTo(1);
    assertThat(torch.get_num_threads()).isEqualTo(2);
    assertThat(NativeRuntime.threads()).isEqualTo(2);
  }

  @Test
  void largeWorkIsShared() {
    int inside = SmallWork.run(/* multiplications= */ 1L << 30, torch::get_num_threads);

    assertThat(inside).isEqualTo(2);
  }

  @Test
  void anOperationThatFailsLeavesTheNumberOfThreadsAsItWas() {
    TensorScope.tidyRun(
        () -> {
          Tensor a = Tensors.ones(Shape.of(2, 3));

          assertThatThrownBy(() -> a.matmul(a)).isInstanceOf(TensorException.class);
        });
    assertThat(torch.get_num_threads()).isEqualTo(2);
  }

  @Test
  void theNumberOfThreadsDoesNotChangeASmallResult() {
    TensorScope.tidyRun(
        () -> {
          try (RandomSource random = RandomSource.seeded(7)) {
            Tensor q = random.normal(Shape.of(1, 8, 3, 32), 0, 1);
            Tensor k = random.normal(Shape.of(1, 8, 30, 32), 0, 1);
            Tensor x = random.normal(Shape.of(1, 5, 256), 0, 1);
            float[] attended = attention(q, k);
            float[] normed = Nn.layerNorm(x, null, null, 1e-5).toFloats();
            NativeRuntime.setThreads(1);

            assertThat(attention(q, k)).isEqualTo(attended);
            assertThat(Nn.layerNorm(x, null, null, 1e-5).toFloats()).isEqualTo(normed);
          }
        });
  }

  private static float[] attention(Tensor q, Tensor k) {
    return Nn.attention(q, k, k, /* mask= */ null, /* causal= */ false, /* scale= */ 0.2)
        .toFloats();
  }
}
