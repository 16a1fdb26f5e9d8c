package io.lexiscope.tensor;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.tensor.internal.kernel.KernelGroup;
import io.lexiscope.tensor.internal.kernel.Kernels;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The kernels against libtorch, on operands of unit scale.
class KernelsTest {
  private static final Tolerance ROUNDING = Tolerance.within(1e-4);

  private static final int[] ROWS = {1, 2, 3, 4, 5, 7, 16, 17, 33, 65, 130};

  private static <T> T with(Kernels.Mode mode, Supplier<T> body) {
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

  private static Tensor weight(WeightLayout layout, int in, int out, DType type) {
    double unit = 1 / Math.sqrt(in);
    Tensor single =
        switch (layout) {
          case OUT_IN -> random(2, unit, out, in);
          case IN_OUT -> random(2, unit, in, out);
        };
    return single.to(type);
  }

  /// That the product really came from a kernel: the seam gives null where libtorch is to do it.
  private static float[] kernel(Tensor x, Tensor w, @Nullable Tensor bias, WeightLayout layout) {
    Tensor y = with(Kernels.Mode.ALWAYS, () -> InferenceLinear.of(x, w, bias, layout));
    assertThat(y).as("a product of %s and %s goes through a kernel", x, w).isNotNull();
    return y.toFloats();
  }

  @ParameterizedTest
  @CsvSource({"16, 64", "17, 65", "40, 67", "100, 79", "257, 96", "600, 131", "331, 4139"})
  void aKernelGivesWhatLibtorchGives(int in, int out) {
    TensorScope.tidyRun(
        () -> {
          Tensor bias = random(3, 1, out);
          for (WeightLayout layout : WeightLayout.values()) {
            for (DType type : List.of(DType.FLOAT32, DType.BFLOAT16, DType.FLOAT16)) {
              Tensor w = weight(layout, in, out, type);
              for (int rows : ROWS) {
                Tensor x = random(rows, 1, rows, in);
                Tensor b = rows % 2 == 0 ? bias : null;

                float[] expected =
                    with(Kernels.Mode.OFF, () -> Nn.linear(x, w, b, layout)).toFloats();

                float[] got = kernel(x, w, b, layout);
                assertClose(got, expected, ROUNDING);
              }
            }
          }
        });
  }

  /// A single row has kernels of its own: sizes that leave every kind of rest, and one that is
  /// shared among threads and taken in several blocks of columns.
  @ParameterizedTest
  @CsvSource({
    "16, 64",
    "31, 79",
    "64, 64",
    "96, 160",
    "129, 97",
    "191, 131",
    "331, 4139",
    "3072, 200"
  })
  void aSingleRowWithBiasIsExact(int in, int out) {
    TensorScope.tidyRun(
        () -> {
          Tensor bias = random(3, 1, out);
          Tensor x = random(1, 1, 1, in);
          for (WeightLayout layout : WeightLayout.values()) {
            for (DType type : List.of(DType.FLOAT32, DType.BFLOAT16, DType.FLOAT16)) {
              Tensor w = weight(layout, in, out, type);
              Tensor wide = w.to(DType.FLOAT64);
              Tensor plain = layout == WeightLayout.OUT_IN ? wide.transpose(0, 1) : wide;

              float[] got = kernel(x, w, bias, layout);

              Tensor exact = x.to(DType.FLOAT64).matmul(plain).add(bias.to(DType.FLOAT64));
              assertClose(got, exact.to(DType.FLOAT32).toFloats(), Tolerance.within(1e-5));
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(WeightLayout.class)
  void fewRowsInBfloat16AreSummedInFloatAndRoundedOnce(WeightLayout layout) {
    TensorScope.tidyRun(
        () -> {
          Tensor w = weight(layout, 100, 79, DType.BFLOAT16);
          Tensor bias = random(3, 1, 79);
          for (int rows = 1; rows <= 4; rows++) {
            Tensor x = random(rows, 1, rows, 100).to(DType.BFLOAT16);
            Tensor y = with(Kernels.Mode.ALWAYS, () -> Nn.linear(x, w, bias, layout));
            Tensor whole =
                with(
                    Kernels.Mode.OFF,
                    () -> Nn.linear(x.to(DType.FLOAT32), w.to(DType.FLOAT32), bias, layout));

            assertThat(y.dtype()).isEqualTo(DType.BFLOAT16);
            // Half a unit in the last of eight digits, and the order of the sum.
            assertClose(y.toFloats(), whole.toFloats(), new Tolerance(1e-4, 1.0 / 256));
          }
        });
  }

  @ParameterizedTest
  @EnumSource(WeightLayout.class)
  void leadingAxesAreRowsAndAViewIsReadAsWhatItShows(WeightLayout layout) {
    TensorScope.tidyRun(
        () -> {
          Tensor w = weight(layout, 48, 96, DType.FLOAT32);
          Tensor x = random(5, 1, 4, 3, 48, 2).select(3, 1).transpose(0, 1);

          Tensor y = with(Kernels.Mode.ALWAYS, () -> Nn.linear(x, w, null, layout));

          assertThat(y.shape()).isEqualTo(Shape.of(3, 4, 96));
          assertClose(
              y.toFloats(),
              with(Kernels.Mode.OFF, () -> Nn.linear(x, w, null, layout)).toFloats(),
              ROUNDING);
        });
  }

  @Test
  void aStridedWeightOrARecordedGradientOrMixedPrecisionStaysWithLibtorch() {
    TensorScope.tidyRun(
        () -> {
          Tensor x = random(1, 1, 2, 32);
          Tensor w = random(2, 1, 64, 32);
          Tensor turned = random(2, 1, 32, 64).transpose(0, 1);
          Tensor learned = random(2, 1, 64, 32).requireGrad();

          assertThat(onKernels(x, w)).isTrue();
          assertThat(onKernels(x, turned)).isFalse();
          assertThat(onKernels(x, learned)).isFalse();
          assertThat(onKernels(x.to(DType.FLOAT64), w.to(DType.FLOAT64))).isFalse();
          assertThat(Autograd.noGrad(() -> onKernels(x, learned))).isTrue();
          assertThat(MixedPrecision.bfloat16(() -> onKernels(x, w))).isFalse();
        });
  }

  private static boolean onKernels(Tensor x, Tensor w) {
    return with(
        Kernels.Mode.ALWAYS,
        () -> InferenceLinear.of(x, w, /* bias= */ null, WeightLayout.OUT_IN) != null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BFLOAT16", "FLOAT16"})
  void halvesAreWidenedToTheirVeryNumberWithInfinitiesAndNaN(DType type) {
    TensorScope.tidyRun(
        () -> {
          byte[] every = new byte[2 << 16];
          for (int bits = 0; bits < 1 << 16; bits++) {
            every[2 * bits] = (byte) bits;
            every[2 * bits + 1] = (byte) (bits >> 8);
          }
          Tensor halves =
              Tensors.copyOf(
                  java.lang.foreign.MemorySegment.ofArray(every), type, Shape.of(1 << 12, 16));
          Tensor picked = Tensors.zeros(Shape.of(1, 16));
          for (int column = 0; column < 16; column++) {
            float[] unit = new float[16];
            unit[column] = 1;
            picked.copyInPlace(Tensors.of(unit, Shape.of(1, 16)));
            float[] got = kernel(picked, halves, null, WeightLayout.OUT_IN);
            float[] numbers = halves.to(DType.FLOAT32).toFloats();
            for (int row = 0; row < got.length; row++) {
              // A row with an infinity or a NaN elsewhere sums to NaN: 0 · ∞.
              boolean finite = true;
              for (int other = 0; other < 16; other++) {
                finite &= other == column || Float.isFinite(numbers[16 * row + other]);
              }
              float expected = finite ? numbers[16 * row + column] + 0f : Float.NaN;
              assertThat(Float.valueOf(got[row])).isEqualTo(Float.valueOf(expected));
            }
          }
        });
  }

  @Test
  void callersOnSeveralThreadsDoNotDisturbEachOther() throws Exception {
    List<float[]> expected = new ArrayList<>();
    Callable<List<float[]>> work =
        () -> {
          List<float[]> all = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            int rows = 1 + 3 * i;
            all.add(
                TensorScope.tidy(
                    () ->
                        Nn.linear(
                                random(rows, 1, rows, 300),
                                weight(WeightLayout.OUT_IN, 300, 400, DType.FLOAT32),
                                null,
                                WeightLayout.OUT_IN)
                            .toFloats()));
          }
          return all;
        };
    expected.addAll(work.call());
    Kernels.Mode before = NativeRuntime.kernels().mode();
    NativeRuntime.kernels().use(Kernels.Mode.ALWAYS);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<List<float[]>>> results = threads.invokeAll(List.of(work, work, work));
      for (Future<List<float[]>> result : results) {
        for (int i = 0; i < expected.size(); i++) {
          assertClose(result.get().get(i), expected.get(i), ROUNDING);
        }
      }
    } finally {
      NativeRuntime.kernels().use(before);
    }
  }

  @Test
  void warmKernelsAreInUseAndThoseSwitchedOffAreNot() {
    boolean warm = with(Kernels.Mode.AUTO, () -> NativeRuntime.kernels().warmUp());

    assertThat(warm).isEqualTo(NativeRuntime.kernels().available());
    for (KernelGroup group : KernelGroup.values()) {
      assertThat(with(Kernels.Mode.AUTO, () -> forSmallProduct(group))).isEqualTo(warm);
      assertThat(with(Kernels.Mode.OFF, () -> forSmallProduct(group))).isFalse();
    }
    assertThat(with(Kernels.Mode.AUTO, NativeRuntime::kernelState))
        .isEqualTo(warm ? KernelState.IN_USE : KernelState.UNAVAILABLE)
        .hasToString(warm ? "in use" : "unavailable");
    assertThat(with(Kernels.Mode.OFF, NativeRuntime::kernelState)).isEqualTo(KernelState.OFF);
  }

  private static boolean forSmallProduct(KernelGroup group) {
    return NativeRuntime.kernels().forProduct(group, /* multiplications= */ 1).isPresent();
  }

  @Test
  void aProductGoesThroughTheKernelsOnceTheyAreWarmHoweverLargeItIs() {
    Kernels cold = new Kernels();
    double large = 1e13;

    assertThat(cold.forProduct(KernelGroup.READINGS, /* multiplications= */ 1)).isEmpty();
    assertThat(cold.inUse(KernelGroup.READINGS)).isFalse();
    boolean early = cold.forProduct(KernelGroup.READINGS, large).isPresent();
    assertThat(early && !cold.inUse(KernelGroup.READINGS)).isFalse();

    assertThat(cold.warmUp()).isEqualTo(cold.available());
    assertThat(cold.forProduct(KernelGroup.READINGS, large).isPresent())
        .isEqualTo(cold.available());
  }

  @Test
  void kernelsThatAreSwitchedOffAreNotWarmedUp() {
    Kernels off = new Kernels();
    off.use(Kernels.Mode.OFF);

    off.prepare();

    assertThat(off.warmUp()).isFalse();
    off.use(Kernels.Mode.AUTO);
    assertThat(off.forProduct(KernelGroup.READINGS, /* multiplications= */ 1)).isEmpty();
  }

  @Test
  void groupsFollowTheRowsThatTheirKernelsAreFor() {
    assertThat(KernelGroup.ofRows(1)).isEqualTo(KernelGroup.FEW_ROWS);
    assertThat(KernelGroup.ofRows(5)).isEqualTo(KernelGroup.MANY_ROWS);
    assertThat(KernelGroup.ofQueries(1)).isEqualTo(KernelGroup.FEW_ROWS);
    assertThat(KernelGroup.ofQueries(16)).isEqualTo(KernelGroup.MANY_ROWS);
  }
}
