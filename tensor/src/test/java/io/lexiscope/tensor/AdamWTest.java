package io.lexiscope.tensor;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.tensor.testing.Tolerance;
import org.junit.jupiter.api.Test;

class AdamWTest {
  private static final AdamW.Rates RATES =
      new AdamW.Rates(
          /* beta1= */ 0.9, /* beta2= */ 0.98, /* epsilon= */ 1e-8, /* weightDecay= */ 0.1);

  /// Algorithm 2 of Loshchilov & Hutter 2019 in double precision, for gradients that stay the same.
  private static float[] reference(float[] start, float[] gradient, int decayed, int steps) {
    float[] result = new float[start.length];
    for (int i = 0; i < start.length; i++) {
      double parameter = start[i];
      double first = 0;
      double second = 0;
      for (int step = 1; step <= steps; step++) {
        double slope = gradient[i] * 0.5;
        first = 0.9 * first + 0.1 * slope;
        second = 0.98 * second + 0.02 * slope * slope;
        double firstHat = first / (1 - Math.pow(0.9, step));
        double secondHat = second / (1 - Math.pow(0.98, step));
        double decay = i < decayed ? 0.01 * 0.1 * parameter : 0;
        parameter -= decay + 0.01 * firstHat / (Math.sqrt(secondHat) + 1e-8);
      }
      result[i] = (float) parameter;
    }
    return result;
  }

  @Test
  void threeStepsFollowTheAlgorithmAcrossBlocksAndTheEdgeOfTheDecay() {
    int size = 300_001;
    int decayed = 150_000;
    TensorScope.tidyRun(
        () -> {
          try (RandomSource random = RandomSource.seeded(1)) {
            Tensor parameters = random.normal(Shape.of(size), 0, 1);
            Tensor slope = random.normal(Shape.of(size), 0, 1);
            float[] start = parameters.toFloats();
            Tensor gradient = slope.copy();
            AdamW adamW = new AdamW(parameters, gradient, decayed, RATES);

            for (int step = 1; step <= 3; step++) {
              gradient.copyInPlace(slope);
              adamW.step(step, /* learningRate= */ 0.01, /* gradientScale= */ 0.5);
            }

            assertClose(
                parameters.toFloats(),
                reference(start, slope.toFloats(), decayed, 3),
                Tolerance.within(1e-5));
          }
        });
  }

  @Test
  void theNormIsTheRootOfTheSumOfSquares() {
    TensorScope.tidyRun(
        () -> assertClose(AdamW.norm(Tensors.of(3, 0, -4)), 5, Tolerance.within(1e-6)));
  }

  @Test
  void productsInMixedPrecisionAreBfloat16AndNearTheFullOnes() {
    TensorScope.tidyRun(
        () -> {
          try (RandomSource random = RandomSource.seeded(1)) {
            Tensor x = random.normal(Shape.of(8, 16), 0, 1);
            Tensor w = random.normal(Shape.of(16, 4), 0, 1);

            Tensor product = MixedPrecision.bfloat16(() -> x.matmul(w));

            assertThat(product.dtype()).isEqualTo(DType.BFLOAT16);
            assertThat(x.matmul(w).dtype()).isEqualTo(DType.FLOAT32);
            assertClose(
                product.to(DType.FLOAT32),
                x.to(DType.BFLOAT16)
                    .to(DType.FLOAT32)
                    .matmul(w.to(DType.BFLOAT16).to(DType.FLOAT32)),
                Tolerance.within(0.04));
          }
        });
  }

  @Test
  void attentionInMixedPrecisionStaysFloat32() {
    TensorScope.tidyRun(
        () -> {
          try (RandomSource random = RandomSource.seeded(1)) {
            Tensor q = random.normal(Shape.of(1, 2, 3, 4), 0, 1);

            Tensor mixed =
                MixedPrecision.bfloat16(() -> Nn.attention(q, q, q, null, /* causal= */ true, 0.5));

            assertClose(
                mixed, Nn.attention(q, q, q, null, /* causal= */ true, 0.5), Tolerance.exact());
          }
        });
  }
}
