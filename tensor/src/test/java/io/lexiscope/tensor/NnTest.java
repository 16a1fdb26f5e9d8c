package io.lexiscope.tensor;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.tensor.testing.Tolerance;
import org.junit.jupiter.api.Test;

class NnTest {

  private static Tensor random(long seed, long... dims) {
    try (RandomSource source = RandomSource.seeded(seed)) {
      return source.normal(Shape.of(dims), 0, 1);
    }
  }

  @Test
  void bothWeightLayoutsGiveTheSameLinearMap() {
    TensorScope.tidyRun(
        () -> {
          Tensor x = random(1, 2, 5, 7);
          Tensor w = random(2, 11, 7);
          Tensor b = random(3, 11);

          Tensor outIn = Nn.linear(x, w, b, WeightLayout.OUT_IN);
          Tensor inOut = Nn.linear(x, w.transpose(0, 1).contiguous(), b, WeightLayout.IN_OUT);
          Tensor byHand = x.matmul(w.transpose(0, 1)).add(b);

          assertClose(outIn, byHand, Tolerance.within(1e-5));
          assertClose(inOut, byHand, Tolerance.within(1e-5));
        });
  }

  @Test
  void aWeightInHalfPrecisionIsWidenedForTheCall() {
    TensorScope.tidyRun(
        () -> {
          Tensor x = random(1, 3, 8);
          Tensor w = random(2, 4, 8).to(DType.BFLOAT16);

          Tensor actual = Nn.linear(x, w, null, WeightLayout.OUT_IN);

          assertClose(
              actual, x.matmul(w.to(DType.FLOAT32).transpose(0, 1)), Tolerance.within(1e-5));
        });
  }

  @Test
  void aWrongInputWidthNamesTheExpectedOne() {
    TensorScope.tidyRun(
        () -> {
          Tensor x = Tensors.zeros(Shape.of(3, 5));
          Tensor w = Tensors.zeros(Shape.of(4, 8));

          assertThatThrownBy(() -> Nn.linear(x, w, null, WeightLayout.OUT_IN).size(0))
              .isInstanceOf(TensorException.class)
              .hasMessageContaining("d_in=8")
              .hasMessageContaining("[3, 5]");
        });
  }

  @Test
  void normsAgreeWithTheirFormulas() {
    float[] numbers = {1, -2, 3, 0.5f};
    double mean = 0.625;
    double variance = 0;
    double square = 0;
    for (float number : numbers) {
      variance += (number - mean) * (number - mean) / 4;
      square += number * number / 4.0;
    }
    float[] layer = new float[4];
    float[] rms = new float[4];
    for (int i = 0; i < 4; i++) {
      layer[i] = (float) ((numbers[i] - mean) / Math.sqrt(variance + 1e-5) * 2 + 1);
      rms[i] = (float) (numbers[i] / Math.sqrt(square + 1e-6) * 2);
    }
    TensorScope.tidyRun(
        () -> {
          Tensor x = Tensors.of(numbers, Shape.of(1, 4));
          Tensor two = Tensors.full(Shape.of(4), 2);
          Tensor one = Tensors.ones(Shape.of(4));

          assertClose(Nn.layerNorm(x, two, one, 1e-5).toFloats(), layer, Tolerance.within(1e-5));
          assertClose(Nn.rmsNorm(x, two, 1e-6).toFloats(), rms, Tolerance.within(1e-5));
        });
  }

  @Test
  void fusedAttentionEqualsTheWrittenOutSoftmax() {
    TensorScope.tidyRun(
        () -> {
          Tensor q = random(1, 1, 2, 5, 4);
          Tensor k = random(2, 1, 2, 5, 4);
          Tensor v = random(3, 1, 2, 5, 4);
          Tensor future = Tensors.ones(Shape.of(5, 5)).tril(0).eq(0);
          Tensor scores =
              q.matmul(k.transpose(-2, -1)).mul(0.3).maskedFill(future, Double.NEGATIVE_INFINITY);

          Tensor fused = Nn.attention(q, k, v, null, /* causal= */ true, 0.3);

          assertClose(fused, scores.softmax(-1).matmul(v), Tolerance.within(1e-5));
        });
  }

  @Test
  void attentionOfFewQueriesInBfloat16IsThatOfTheSameNumbersRoundedOnce() {
    TensorScope.tidyRun(
        () -> {
          for (int queries : new int[] {1, 4}) {
            Tensor q = random(1, 2, 3, queries, 16).to(DType.BFLOAT16);
            Tensor k = random(2, 2, 3, 20, 16).to(DType.BFLOAT16);
            Tensor v = random(3, 2, 3, 20, 16).to(DType.BFLOAT16);
            Tensor mask = random(4, 1, 1, queries, 20).to(DType.BFLOAT16);
            Tensor scores =
                q.to(DType.FLOAT64)
                    .matmul(k.to(DType.FLOAT64).transpose(-2, -1))
                    .mul(0.25)
                    .add(mask.to(DType.FLOAT64));

            Tensor fused = Nn.attention(q, k, v, mask, /* causal= */ false, 0.25);

            assertThat(fused.dtype()).isEqualTo(DType.BFLOAT16);
            assertThat(fused.toFloats())
                .isEqualTo(
                    scores.softmax(-1).matmul(v.to(DType.FLOAT64)).to(DType.BFLOAT16).toFloats());
          }
        });
  }

  @Test
  void crossEntropyIsTheMeanOverTheCountedRows() {
    TensorScope.tidyRun(
        () -> {
          Tensor logits = random(1, 3, 6);
          float[] logProbabilities = logits.logSoftmax(-1).toFloats();
          double expected = -(logProbabilities[2] + logProbabilities[12 + 5]) / 2.0;

          Tensor loss = Nn.crossEntropy(logits, Tensors.ofLongs(2, -100, 5), -100);

          assertClose(loss.item(), expected, Tolerance.within(1e-6));
        });
  }
}
