package io.lexiscope.tensor;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.tensor.testing.Tolerance;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {

  @Test
  void arithmeticAgreesWithPlainJava() {
    float[] numbers = {0.5f, 2f, 3f};
    TensorScope.tidyRun(
        () -> {
          Tensor x = Tensors.of(numbers);
          float[] expected = new float[3];
          for (int i = 0; i < 3; i++) {
            expected[i] = (float) (Math.exp(numbers[i]) * 2 - Math.sqrt(numbers[i]) / 3);
          }

          Tensor y = x.exp().mul(2).sub(x.sqrt().div(3));

          assertClose(y.toFloats(), expected, Tolerance.within(1e-5));
        });
  }

  @Test
  void viewsSelectWhatTheirNamesSay() {
    TensorScope.tidyRun(
        () -> {
          Tensor x = Tensors.of(new float[] {0, 1, 2, 3, 4, 5}, Shape.of(2, 3));

          assertThat(x.transpose(0, 1).toFloats()).containsExactly(0, 3, 1, 4, 2, 5);
          assertThat(x.narrow(1, 1, 2).toFloats()).containsExactly(1, 2, 4, 5);
          assertThat(x.select(0, -1).toFloats()).containsExactly(3, 4, 5);
          assertThat(x.indexSelect(1, Tensors.ofLongs(2, 0)).toFloats())
              .containsExactly(2, 0, 5, 3);
          assertThat(x.repeatInterleave(2, 0).toFloats())
              .containsExactly(0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5);
        });
  }

  @Test
  void aShapeThatDoesNotFitIsToldWithBothShapes() {
    TensorScope.tidyRun(
        () -> {
          Tensor a = Tensors.zeros(Shape.of(2, 3));
          Tensor b = Tensors.zeros(Shape.of(4, 5));

          assertThatThrownBy(() -> a.matmul(b).size(0))
              .isInstanceOf(TensorException.class)
              .hasMessageContaining("matmul")
              .hasMessageContaining("[2, 3]")
              .hasMessageContaining("[4, 5]")
              .message()
              .doesNotContain("\n");
        });
  }

  @Test
  void namedAxesAppearInTheMessage() {
    assertThatThrownBy(
            () -> Shape.of(3, 4).require("embed", Axis.any("pos"), Axis.of("d_model", 768)))
        .isInstanceOf(TensorException.class)
        .hasMessage("embed: expected shape [pos, d_model=768], got [3, 4]");
  }

  @Test
  void mappedMemoryIsReadInPlace() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, 4);
      TensorScope.tidyRun(
          () -> {
            Tensor x = Tensors.fromMemory(memory, DType.FLOAT32, Shape.of(2, 2));
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, 3, 7f);

            assertThat(x.toFloats()).containsExactly(0, 0, 0, 7);
            assertThat(x.memory().address()).isEqualTo(memory.address());
          });
    }
  }

  @Test
  void halfPrecisionTypesWidenExactly() {
    MemorySegment bf16 = MemorySegment.ofArray(new short[] {0x3F80, (short) 0xC020});
    MemorySegment f16 = MemorySegment.ofArray(new short[] {0x3C00, (short) 0xC100});
    TensorScope.tidyRun(
        () -> {
          Tensor b = Tensors.copyOf(bf16, DType.BFLOAT16, Shape.of(2));
          Tensor h = Tensors.copyOf(f16, DType.FLOAT16, Shape.of(2));

          assertThat(b.toFloats()).containsExactly(1f, -2.5f);
          assertThat(h.toFloats()).containsExactly(1f, -2.5f);
        });
  }

  @Test
  void gradientsAgreeWithTheirFormula() {
    TensorScope.tidyRun(
        () -> {
          Tensor x = Tensors.of(1f, 2f, 3f).requireGrad();
          Tensor unused = Tensors.of(5f).requireGrad();

          List<Tensor> gradients = Autograd.grad(x.pow(3).sum(), List.of(x, unused));

          assertClose(gradients.get(0).toFloats(), new float[] {3, 12, 27}, Tolerance.within(1e-5));
          assertThat(gradients.get(1).toFloats()).containsExactly(0);
        });
  }

  @Test
  void noGraphIsRecordedInsideNoGrad() {
    TensorScope.tidyRun(
        () -> {
          Tensor x = Tensors.of(1f).requireGrad();

          assertThat(Autograd.noGrad(() -> x.mul(2).requiresGrad())).isFalse();
          assertThat(x.mul(2).requiresGrad()).isTrue();
        });
  }

  @Test
  void theSameSeedGivesTheSameNumbersAndAStateResumes() {
    TensorScope.tidyRun(
        () -> {
          try (RandomSource a = RandomSource.seeded(7);
              RandomSource b = RandomSource.seeded(7)) {
            Tensor first = a.normal(Shape.of(100), 0, 1);
            Tensor state = a.state();
            Tensor second = a.uniform(Shape.of(100));

            assertClose(b.normal(Shape.of(100), 0, 1), first, Tolerance.exact());
            b.restore(state);
            assertClose(b.uniform(Shape.of(100)), second, Tolerance.exact());
          }
        });
  }

  @Test
  void notANumberIsFound() {
    TensorScope.tidyRun(
        () -> {
          assertThat(Tensors.of(1f, Float.NaN).allFinite()).isFalse();
          assertThat(Tensors.of(1f, 2f).allFinite()).isTrue();
        });
  }
}
