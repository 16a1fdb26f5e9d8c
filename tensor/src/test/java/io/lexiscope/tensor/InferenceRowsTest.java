package io.lexiscope.tensor;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.tensor.internal.kernel.Kernels;
import io.lexiscope.tensor.option.NonLinearity;
import io.lexiscope.tensor.option.Sight;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The kernels beside the products against libtorch.
class InferenceRowsTest {
  private static final Tolerance ROUNDING = Tolerance.within(1e-5);
  private static final int MOST_ATTEMPTS = 5_000;

  private static <T extends @Nullable Object> T with(Kernels.Mode mode, Supplier<T> body) {
    Kernels kernels = NativeRuntime.kernels();
    Kernels.Mode before = kernels.mode();
    kernels.use(mode);
    try {
      return body.get();
    } finally {
      kernels.use(before);
    }
  }

  private static Tensor random(long seed, double scale, long... dims) {
    try (RandomSource source = RandomSource.seeded(seed)) {
      return source.normal(Shape.of(dims), 0, scale);
    }
  }

  /// The same numbers to the last bit. Lanes are summed in another order before a loop is compiled
  /// than after, so it is tried again until the compiler has been there.
  private static void assertSame(Supplier<Tensor> one, Supplier<Tensor> other) {
    for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
      boolean same =
          TensorScope.tidy(() -> Arrays.equals(one.get().toFloats(), other.get().toFloats()));
      if (same) {
        return;
      }
    }
    TensorScope.tidyRun(
        () -> assertClose(one.get().toFloats(), other.get().toFloats(), Tolerance.exact()));
  }

  private static float[] kernel(Supplier<@Nullable Tensor> inference) {
    Tensor y = with(Kernels.Mode.ALWAYS, inference);
    assertThat(y).as("a kernel does it").isNotNull();
    return Objects.requireNonNull(y).toFloats();
  }

  private static float[] libtorch(Supplier<Tensor> operation) {
    return with(Kernels.Mode.OFF, operation).toFloats();
  }

  @ParameterizedTest
  @EnumSource(NonLinearity.class)
  void aNonLinearityIsThatOfLibtorchForNumbersOfEverySizeAndAnyCount(NonLinearity function) {
    TensorScope.tidyRun(
        () -> {
          for (int count : new int[] {1, 15, 16, 17, 5000, 30_001}) {
            for (double scale : new double[] {1e-3, 1, 30, 1e4}) {
              Tensor x = random(count, scale, count);

              float[] got = kernel(() -> InferenceRows.activation(function, x));

              assertClose(got, libtorch(() -> Nn.apply(function, x)), relative(scale));
            }
          }
        });
  }

  private static Tolerance relative(double scale) {
    return Tolerance.within(1e-5 * Math.max(1, scale));
  }

  @ParameterizedTest
  @EnumSource(NonLinearity.class)
  void nanStaysNanAndTheRestAreUntouched(NonLinearity function) {
    TensorScope.tidyRun(
        () -> {
          float[] numbers = new float[40];
          numbers[3] = Float.NaN;
          numbers[39] = Float.NaN;
          Tensor x = Tensors.of(numbers);

          float[] got = kernel(() -> InferenceRows.activation(function, x));

          for (int i = 0; i < 40; i++) {
            assertThat(Float.isNaN(got[i])).isEqualTo(i == 3 || i == 39);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"1, 16", "3, 48", "7, 768", "100, 320"})
  void normsAreThoseOfLibtorchWithAndWithoutGainAndShift(int rows, int columns) {
    TensorScope.tidyRun(
        () -> {
          Tensor x = random(1, 3, 1, rows, columns).add(5);
          Tensor gain = random(2, 1, columns);
          Tensor shift = random(3, 1, columns);

          assertClose(
              kernel(() -> InferenceRows.layerNorm(x, gain, shift, 1e-5)),
              libtorch(() -> Nn.layerNorm(x, gain, shift, 1e-5)),
              ROUNDING);
          assertClose(
              kernel(() -> InferenceRows.layerNorm(x, null, null, 1e-5)),
              libtorch(() -> Nn.layerNorm(x, null, null, 1e-5)),
              ROUNDING);
          assertClose(
              kernel(() -> InferenceRows.rmsNorm(x, gain, 1e-6)),
              libtorch(() -> Nn.rmsNorm(x, gain, 1e-6)),
              ROUNDING);
          assertClose(
              kernel(() -> InferenceRows.rmsNorm(x, null, 1e-6)),
              libtorch(() -> Nn.rmsNorm(x, null, 1e-6)),
              ROUNDING);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 16",
    "2, 3, 16",
    "5, 0, 40",
    "13, 0, 64",
    "70, 0, 80",
    "1, 130, 64",
    "3, 65, 20",
    "150, 7, 64",
    "33, 100, 8"
  })
  void attentionIsThatOfLibtorchWithPastWindowsAndSharedHeads(int queries, int past, int dHead) {
    TensorScope.tidyRun(
        () -> {
          int keys = past + queries;
          for (int kvHeads : new int[] {1, 3, 6}) {
            Tensor q = random(1, 1, 2, queries, 6, dHead);
            Tensor k = random(2, 1, 2, keys, kvHeads, dHead);
            Tensor v = random(3, 1, 2, keys, kvHeads, dHead);
            for (int window : new int[] {Integer.MAX_VALUE, 1, 5, 70}) {
              for (boolean causal : List.of(true, false)) {
                if (causal || window == Integer.MAX_VALUE) {
                  Sight sight = new Sight(past, causal, window, 0.3);

                  float[] got = kernel(() -> InferenceRows.attention(q, k, v, sight));

                  assertClose(got, libtorch(() -> reference(q, k, v, sight)), ROUNDING);
                }
              }
            }
          }
        });
  }

  private static Tensor reference(Tensor q, Tensor k, Tensor v, Sight sight) {
    int queries = (int) q.size(1);
    int keys = (int) k.size(1);
    float[] mask = new float[queries * keys];
    for (int query = 0; query < queries; query++) {
      for (int key = 0; key < keys; key++) {
        int at = sight.past() + query;
        boolean hidden = sight.causal() && (key > at || at - key >= sight.window());
        mask[query * keys + key] = hidden ? Float.NEGATIVE_INFINITY : 0;
      }
    }
    long times = q.size(2) / k.size(2);
    return Nn.attention(
            q.transpose(1, 2),
            k.transpose(1, 2).repeatInterleave(times, 1),
            v.transpose(1, 2).repeatInterleave(times, 1),
            Tensors.of(mask, Shape.of(1, 1, queries, keys)),
            /* causal= */ false,
            sight.scale())
        .transpose(1, 2)
        .contiguous();
  }

  @Test
  void attentionReadsViewsOfOneFusedProjection() {
    TensorScope.tidyRun(
        () -> {
          Tensor all = random(1, 1, 2, 9, 3 * 4 * 24);
          Tensor q = all.narrow(-1, 0, 96).reshape(2, 9, 4, 24);
          Tensor k = all.narrow(-1, 96, 96).reshape(2, 9, 4, 24);
          Tensor v = all.narrow(-1, 192, 96).reshape(2, 9, 4, 24);
          Sight sight = new Sight(0, /* causal= */ true, Integer.MAX_VALUE, 0.2);

          assertClose(
              kernel(() -> InferenceRows.attention(q, k, v, sight)),
              libtorch(() -> reference(q, k, v, sight)),
              ROUNDING);
        });
  }

  @ParameterizedTest
  @EnumSource(WeightLayout.class)
  void anEpilogueGivesTheVeryNumbersOfTheSameOperationAfterwards(WeightLayout layout) {
    TensorScope.tidyRun(
        () -> {
          Tensor w =
              layout == WeightLayout.OUT_IN ? random(1, 0.1, 131, 96) : random(1, 0.1, 96, 131);
          Tensor bias = random(2, 1, 131);
          for (int rows : new int[] {1, 2, 3, 5, 16, 37, 70}) {
            Tensor x = random(rows, 1, 1, rows, 96);
            Tensor onto = random(rows + 100, 2, 1, rows, 131);
            for (Kernels.Mode mode : List.of(Kernels.Mode.ALWAYS, Kernels.Mode.OFF)) {
              Supplier<Tensor> y = () -> with(mode, () -> Nn.linear(x, w, bias, layout));
              for (NonLinearity f : NonLinearity.values()) {
                Epilogue activation = new Epilogue.Activation(f);
                assertSame(
                    () -> with(mode, () -> Nn.linear(x, w, bias, layout, activation)),
                    () -> with(mode, () -> Nn.apply(f, y.get())));
              }
              Epilogue addition = new Epilogue.Addition(onto);
              assertSame(
                  () -> with(mode, () -> Nn.linear(x, w, bias, layout, addition)),
                  () -> onto.add(y.get()));
            }
          }
        });
  }

  /// Equal widths are cut alike, others one after the other; on two threads as on one.
  @ParameterizedTest
  @CsvSource({"131, 131, 1", "131, 67, 1", "64, 262, 1", "131, 131, 2", "131, 67, 2", "67, 262, 2"})
  void mapsTakenTogetherGiveTheVeryNumbersOfEachAlone(int first, int others, int threads) {
    int before = NativeRuntime.threads();
    NativeRuntime.setThreads(threads);
    try {
      TensorScope.tidyRun(
          () -> {
            for (DType type : List.of(DType.FLOAT32, DType.BFLOAT16)) {
              List<LinearWeights> maps =
                  List.of(
                      new LinearWeights(random(1, 0.1, first, 96).to(type), random(2, 1, first)),
                      new LinearWeights(random(3, 0.1, others, 96).to(type), null),
                      new LinearWeights(random(4, 0.1, others, 96).to(type), random(5, 1, others)));
              for (int rows : new int[] {1, 2, 5, 37, first == others ? 1030 : 16}) {
                Tensor x = random(rows, 1, 1, rows, 96);

                Supplier<List<Tensor>> together =
                    () ->
                        Objects.requireNonNull(
                            with(Kernels.Mode.ALWAYS, () -> InferenceLinear.together(x, maps)),
                            "one product");

                for (int i = 0; i < maps.size(); i++) {
                  int at = i;
                  LinearWeights map = maps.get(i);
                  assertSame(
                      () -> together.get().get(at),
                      () ->
                          with(
                              Kernels.Mode.ALWAYS,
                              () -> Nn.linear(x, map.weight(), map.bias(), WeightLayout.OUT_IN)));
                }
              }
            }
          });
    } finally {
      NativeRuntime.setThreads(before);
    }
  }

  @ParameterizedTest
  @EnumSource(WeightLayout.class)
  void gatedNeuronsAreTheVeryNumbersOfThreeOperations(WeightLayout layout) {
    TensorScope.tidyRun(
        () -> {
          long[] shape =
              layout == WeightLayout.OUT_IN ? new long[] {263, 96} : new long[] {96, 263};
          LinearWeights gate = new LinearWeights(random(1, 0.1, shape), random(2, 1, 263));
          LinearWeights up = new LinearWeights(random(3, 0.1, shape), null);
          for (int rows : new int[] {1, 3, 16, 37}) {
            Tensor x = random(rows, 1, 1, rows, 96);
            for (Kernels.Mode mode : List.of(Kernels.Mode.ALWAYS, Kernels.Mode.OFF)) {
              assertSame(
                  () -> with(mode, () -> Nn.gated(x, gate, NonLinearity.SILU, up, layout)),
                  () -> {
                    Tensor opened =
                        with(mode, () -> Nn.linear(x, gate.weight(), gate.bias(), layout));
                    Tensor linear = with(mode, () -> Nn.linear(x, up.weight(), up.bias(), layout));
                    return with(mode, () -> Nn.apply(NonLinearity.SILU, opened)).mul(linear);
                  });
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 33, 5000})
  void logSumExpIsThatInDoubles(int count) {
    float[] logits = TensorScope.tidy(() -> random(count, 20, count).toFloats());
    double mass = 0;
    for (float logit : logits) {
      mass += Math.exp(logit);
    }

    for (Kernels.Mode mode : List.of(Kernels.Mode.ALWAYS, Kernels.Mode.OFF)) {
      assertClose(with(mode, () -> ExtremeLogits.logSumExp(logits)), Math.log(mass), ROUNDING);
    }
  }

  @Test
  void gradientsAndMixedPrecisionStayWithLibtorch() {
    TensorScope.tidyRun(
        () -> {
          Tensor x = random(1, 1, 2, 32);
          Tensor learned = random(2, 1, 32).requireGrad();
          with(
              Kernels.Mode.ALWAYS,
              () -> {
                assertThat(InferenceRows.layerNorm(x, learned, null, 1e-5)).isNull();
                assertThat(InferenceRows.activation(NonLinearity.RELU, learned)).isNull();
                assertThat(
                        MixedPrecision.bfloat16(() -> InferenceRows.rmsNorm(x, null, 1e-5) == null))
                    .isTrue();
                assertThat(InferenceRows.rmsNorm(x, null, 1e-5)).isNotNull();
                return x;
              });
        });
  }
}
