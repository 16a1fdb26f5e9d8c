package io.lexiscope.tensor;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.tensor.VocabularyReading.TargetLogit;
import io.lexiscope.tensor.VocabularyReading.TokenLogit;
import io.lexiscope.tensor.internal.kernel.Kernels;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VocabularyReadoutTest {

  private static Tensor random(long seed, long... dims) {
    try (RandomSource source = RandomSource.seeded(seed)) {
      return source.normal(Shape.of(dims), 0, 1);
    }
  }

  private final Kernels.Mode before = NativeRuntime.kernels().mode();

  @AfterEach
  void kernelsAreAsBefore() {
    NativeRuntime.kernels().use(before);
  }

  @ParameterizedTest
  @CsvSource({
    "OFF, 1, 300, 8, 0",
    "OFF, 5, 1000, 16, 0",
    "OFF, 700, 5000, 4, 0",
    "OFF, 3, 777, 8, 5.0",
    "ALWAYS, 1, 300, 8, 0",
    "ALWAYS, 1, 16, 8, 0",
    "ALWAYS, 5, 1000, 16, 0",
    "ALWAYS, 17, 259, 33, 0",
    "ALWAYS, 40, 1031, 24, 0",
    "ALWAYS, 700, 5000, 4, 0",
    "ALWAYS, 3, 777, 8, 5.0"
  })
  void everyReadingEqualsTheOneOfTheWholeLogitMatrix(
      Kernels.Mode mode, int rows, int vocabulary, int d, double cap) {
    NativeRuntime.kernels().use(mode);
    TensorScope.tidyRun(
        () -> {
          Tensor x = random(1, rows, d);
          Tensor bias = random(3, vocabulary);
          Unembedding unembedding =
              new Unembedding(
                  random(2, vocabulary, d),
                  bias,
                  cap == 0 ? OptionalDouble.empty() : OptionalDouble.of(cap));
          List<Integer> targets = List.of(0, vocabulary - 1, vocabulary / 2);

          List<VocabularyReading> readings =
              VocabularyReadout.read(x, unembedding, new VocabularyReadout.Request(7, 4, targets));

          float[] logits = unembedding.logits(x).toFloats();
          assertThat(readings).hasSize(rows);
          for (int row = 0; row < rows; row += Math.max(1, rows / 5)) {
            float[] line =
                java.util.Arrays.copyOfRange(logits, row * vocabulary, (row + 1) * vocabulary);
            requireEqual(readings.get(row), line, targets);
          }
        });
  }

  private static void requireEqual(
      VocabularyReading reading, float[] logits, List<Integer> targets) {
    List<Integer> order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer id) -> -logits[id]).thenComparing(id -> id))
            .toList();
    double max = logits[order.getFirst()];
    double mass = 0;
    for (float logit : logits) {
      mass += Math.exp(logit - max);
    }
    double logSumExp = max + Math.log(mass);
    double entropy = 0;
    for (float logit : logits) {
      entropy -= Math.exp(logit - logSumExp) * (logit - logSumExp);
    }
    assertThat(reading.top())
        .extracting(TokenLogit::id)
        .containsExactlyElementsOf(order.subList(0, 7));
    assertThat(reading.bottom())
        .extracting(TokenLogit::id)
        .containsExactlyElementsOf(order.subList(logits.length - 4, logits.length).reversed());
    assertClose(reading.logSumExp(), logSumExp, Tolerance.within(2e-5));
    assertClose(reading.entropy(), entropy, Tolerance.within(1e-4));
    for (TargetLogit target : reading.targets()) {
      assertThat(target.rank()).isEqualTo(order.indexOf(target.id()) + 1);
      assertClose(target.logit(), logits[target.id()], Tolerance.within(1e-5));
    }
    assertThat(reading.targets()).extracting(TargetLogit::id).isEqualTo(targets);
  }

  @ParameterizedTest
  @EnumSource(names = {"OFF", "ALWAYS"})
  void tiesGoToTheLowerId(Kernels.Mode mode) {
    NativeRuntime.kernels().use(mode);
    TensorScope.tidyRun(
        () -> {
          Unembedding flat =
              new Unembedding(Tensors.ones(Shape.of(3000, 2)), null, OptionalDouble.empty());

          VocabularyReading reading =
              VocabularyReadout.read(
                      Tensors.ones(Shape.of(1, 2)),
                      flat,
                      new VocabularyReadout.Request(3, 3, List.of(2999)))
                  .getFirst();

          assertThat(reading.top()).extracting(TokenLogit::id).containsExactly(0, 1, 2);
          assertThat(reading.bottom()).extracting(TokenLogit::id).containsExactly(0, 1, 2);
          assertThat(reading.targets().getFirst().rank()).isEqualTo(3000);
          assertClose(reading.entropy(), Math.log(3000), Tolerance.within(1e-5));
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void anUnembeddingInHalfPrecisionIsReadAsItsWidenedNumbers(DType type) {
    NativeRuntime.kernels().use(Kernels.Mode.ALWAYS);
    TensorScope.tidyRun(
        () -> {
          Tensor stored = random(2, 500, 24).to(type);
          Tensor x = random(1, 20, 24);
          var request = new VocabularyReadout.Request(5, 5, List.of(3, 499));

          var half =
              VocabularyReadout.read(
                  x, new Unembedding(stored, null, OptionalDouble.empty()), request);

          Tensor wide = stored.to(DType.FLOAT32);
          assertThat(half)
              .isEqualTo(
                  VocabularyReadout.read(
                      x, new Unembedding(wide, null, OptionalDouble.empty()), request));
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"OFF", "ALWAYS"})
  void aVectorThatIsNotFiniteGivesAReadingThatIsNotEither(Kernels.Mode mode) {
    NativeRuntime.kernels().use(mode);
    TensorScope.tidyRun(
        () -> {
          Unembedding unembedding =
              new Unembedding(random(2, 300, 8), null, OptionalDouble.empty());
          Tensor x = random(1, 2, 8);
          x.select(0, 1).copyInPlace(Tensors.full(Shape.of(8), Double.NaN));

          List<VocabularyReading> readings =
              VocabularyReadout.read(x, unembedding, VocabularyReadout.Request.top(3));

          assertThat(readings.get(0).logSumExp()).isFinite();
          assertThat(readings.get(1).logSumExp()).isNaN();
        });
  }

  @Test
  void theLargestLogitsComeInOrderAndNoMoreOfThemThanThereAre() {
    float[] logits = {1, 3, -2, 3, 0};

    assertThat(ExtremeLogits.largest(logits, 3)).containsExactly(1, 3, 0);
    assertThat(ExtremeLogits.largest(logits, 9)).containsExactly(1, 3, 0, 4, 2);
    assertThat(ExtremeLogits.largest(logits, 0)).isEmpty();
  }

  @Test
  void aTargetOutsideTheVocabularyIsRefused() {
    TensorScope.tidyRun(
        () -> {
          Unembedding small =
              new Unembedding(Tensors.ones(Shape.of(10, 2)), null, OptionalDouble.empty());

          assertThatThrownBy(
                  () ->
                      VocabularyReadout.read(
                          Tensors.ones(Shape.of(1, 2)),
                          small,
                          new VocabularyReadout.Request(1, 0, List.of(10))))
              .isInstanceOf(TensorException.class)
              .hasMessage("readout: expected a target id from 0 to 9, got 10");
        });
  }
}
