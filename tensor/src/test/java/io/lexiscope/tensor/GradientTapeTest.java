package io.lexiscope.tensor;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.tensor.option.NonLinearity;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientTapeTest {
  private static final Tolerance CLOSE = Tolerance.within(2e-5);

  private static Tensor random(long seed, long... dims) {
    try (RandomSource source = RandomSource.seeded(seed)) {
      return source.normal(Shape.of(dims), 0, 0.3);
    }
  }

  /// The weights of a small network with everything between maps that a model has.
  private record Weights(
      Tensor query, Tensor value, Tensor gate, Tensor up, Tensor down, Tensor words) {
    static Weights random() {
      return new Weights(
          GradientTapeTest.random(1, 32, 32),
          GradientTapeTest.random(2, 32, 32),
          GradientTapeTest.random(3, 64, 32),
          GradientTapeTest.random(4, 64, 32),
          GradientTapeTest.random(5, 64, 32),
          GradientTapeTest.random(6, 48, 32));
    }

    List<Tensor> all() {
      return List.of(query, value, gate, up, down, words);
    }

    Weights leaves() {
      List<Tensor> leaves = all().stream().map(w -> w.detach().requireGrad()).toList();
      return new Weights(
          leaves.get(0), leaves.get(1), leaves.get(2), leaves.get(3), leaves.get(4), leaves.get(5));
    }
  }

  private static Tensor loss(Weights w, Tensor start, Tensor bias) {
    Tensor stream = start;
    for (int block = 0; block < 2; block++) {
      Tensor normed = Nn.layerNorm(GradientTape.cut(stream), null, null, 1e-5);
      if (block == 1) {
        List<Tensor> two =
            Nn.linears(
                normed,
                List.of(new LinearWeights(w.query(), bias), new LinearWeights(w.value(), null)),
                WeightLayout.OUT_IN);
        stream = stream.add(two.getFirst().softmax(-1).mul(two.getLast()));
        stream =
            Nn.linear(
                stream.mul(0.5),
                w.query(),
                null,
                WeightLayout.IN_OUT,
                new Epilogue.Addition(stream));
      } else {
        Tensor neurons =
            Nn.gated(
                Nn.rmsNorm(stream, null, 1e-5),
                new LinearWeights(w.gate(), null),
                NonLinearity.SILU,
                new LinearWeights(w.up(), null),
                WeightLayout.OUT_IN);
        stream =
            Nn.linear(neurons, w.down(), bias, WeightLayout.IN_OUT, new Epilogue.Addition(stream));
      }
    }
    Tensor logits = Nn.linear(stream, w.words(), null, WeightLayout.OUT_IN);
    return Nn.crossEntropy(logits.reshape(-1, 48), Tensors.ofLongs(3, 9, 27, 31, 4), -100);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inputsTimesWhatComesBackAreTheGradientsOfTheWeights(boolean kernels) {
    NativeRuntime.useKernels(kernels);
    try {
      assertThat(NativeRuntime.warmUpKernels()).isEqualTo(kernels);
      TensorScope.tidyRun(
          () -> {
            Weights w = Weights.random();
            Tensor start = random(7, 1, 5, 32);
            Tensor bias = random(8, 32);
            Weights leaves = w.leaves();
            Tensor plain = loss(leaves, start, bias);
            List<Tensor> expected =
                Autograd.grad(
                    plain, List.of(leaves.gate(), leaves.up(), leaves.down(), leaves.value()));

            try (GradientTape tape = GradientTape.open(w.all())) {
              Tensor taped = tape.record(() -> loss(w, start, bias));
              tape.backward(taped);

              assertClose(taped, plain, CLOSE);
              assertClose(dense(tape, w.gate()).transpose(0, 1), expected.get(0), CLOSE);
              assertClose(dense(tape, w.up()).transpose(0, 1), expected.get(1), CLOSE);
              assertClose(dense(tape, w.down()), expected.get(2), CLOSE);
              assertClose(dense(tape, w.value()).transpose(0, 1), expected.get(3), CLOSE);
            }
          });
    } finally {
      NativeRuntime.useKernels(false);
    }
  }

  /// Σ xᵀδ, [d_in, d_out].
  private static Tensor dense(GradientTape tape, Tensor weight) {
    GradientTape.Passed passed = tape.passed(weight).orElseThrow();
    return passed.x().squeeze(0).transpose(0, 1).matmul(tape.gradient(passed.y()).squeeze(0));
  }

  @Test
  void aWatchedPlaceHasTheGradientThatALeafWouldHave() {
    TensorScope.tidyRun(
        () -> {
          Weights w = Weights.random();
          Tensor start = random(7, 1, 5, 32);
          Tensor bias = random(8, 32);
          Tensor marked = start.detach().requireGrad();
          Tensor expected = Autograd.grad(loss(w, marked, bias), List.of(marked)).getFirst();

          try (GradientTape tape = GradientTape.open(List.of())) {
            Tensor[] leaf = new Tensor[1];
            Tensor scalar =
                tape.record(
                    () -> {
                      leaf[0] = tape.watch(start);
                      return loss(w, leaf[0], bias);
                    });
            tape.backward(scalar);

            assertClose(tape.gradient(leaf[0]), expected, CLOSE);
            assertThat(tape.passed(w.gate())).isEmpty();
          }
        });
  }

  @Test
  void aMarkedWeightKeepsItsOwnGradientBesideTheTape() {
    TensorScope.tidyRun(
        () -> {
          Weights w = Weights.random();
          Tensor start = random(7, 1, 5, 32);
          Tensor bias = random(8, 32);
          Tensor marked = bias.detach().requireGrad();
          Tensor expected = Autograd.grad(loss(w, start, marked), List.of(marked)).getFirst();

          try (GradientTape tape = GradientTape.open(List.of(w.gate()))) {
            Tensor again = bias.detach().requireGrad();
            tape.backward(tape.record(() -> loss(w, start, again)));

            assertClose(tape.gradient(again), expected, CLOSE);
          }
        });
  }

  @Test
  void aScalarThatNothingWatchedLeadsToIsRefused() {
    TensorScope.tidyRun(
        () -> {
          Weights w = Weights.random();
          try (GradientTape tape = GradientTape.open(List.of())) {
            Tensor scalar = tape.record(() -> loss(w, random(7, 1, 5, 32), random(8, 32)));

            assertThatThrownBy(() -> tape.backward(scalar))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("nothing leads to");
          }
        });
  }
}
