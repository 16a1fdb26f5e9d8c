package io.lexiscope.analysis.ffn;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.Reference;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensTarget;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueWordsTest {
  private static final Tolerance FLOAT = new Tolerance(2e-4, 2e-5);
  private static final Path MICROWORLD = Path.of("..", "models", "microworld");

  private static List<Integer> ids(List<TokenReading> words) {
    return words.stream().map(TokenReading::id).toList();
  }

  /// A sub-update's score for a word is its coefficient times the word's logit in the value vector.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "LLAMA", "GEMMA2", "OLMO2", "GPTJ"})
  void coefficientTimesLogitIsTheScore(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(golden.prompt(), FfnSubUpdates.recording(model))) {
      for (LensConvention convention : List.of(LensConvention.RAW, LensConvention.FROZEN_SCALE)) {
        FfnSubUpdates updates = FfnSubUpdates.of(run, convention).at(6);
        SubUpdate first = updates.toward(new LensTarget.Id(0)).layer(1).dominant(1).getFirst();

        VectorReading words = FfnWords.of(updates).values(6, List.of(first.neuron()), 4).getFirst();

        assertClose(words.norm(), first.norm(), FLOAT);
        for (TokenReading word : List.of(words.top().getFirst(), words.bottom().getLast())) {
          double score =
              updates
                  .toward(new LensTarget.Id(word.id()))
                  .layer(1)
                  .subUpdate(first.neuron().index())
                  .score();
          assertClose(first.coefficient() * word.logit(), score, FLOAT);
        }
      }
    }
  }

  /// Checks 6 and 7, by brute force in doubles.
  @Test
  void wordsAreThoseOfAFullSortAndTurnRoundWithTheSign() {
    try (LanguageModel model = Golden.GPT2.open();
        Run run = model.run(Golden.GPT2.prompt(), FfnSubUpdates.recording(model))) {
      NeuronName neuron = new NeuronName(2, 17);

      VectorReading words =
          FfnWords.of(run, LensConvention.RAW)
              .above(Baseline.NONE)
              .values(0, List.of(neuron), 512)
              .getFirst();

      double[] value = new FfnReference(run, 2, 0).inStream(17);
      Reference unembed = new Reference(model);
      int[] ranked = Reference.ranked(unembed.logits(value, /* whole= */ false));
      int[] negative =
          Reference.ranked(unembed.logits(FfnReference.times(-1.5, value), /* whole= */ false));
      int[] larger =
          Reference.ranked(unembed.logits(FfnReference.times(7, value), /* whole= */ false));
      assertThat(ids(words.top())).containsExactlyElementsOf(IntStream.of(ranked).boxed().toList());
      assertThat(larger).containsExactly(ranked);
      assertThat(ids(words.bottom()))
          .containsExactlyElementsOf(IntStream.of(negative).boxed().toList());
      assertThat(ids(words.bottom().reversed())).isEqualTo(ids(words.top()));
    }
  }

  /// Check 4.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "GEMMA2", "OLMO2", "GPTJ", "OPT"})
  void afterTheLastLayerTheModelsOwnDistributionIsRead(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(golden.prompt(), FfnSubUpdates.recording(model))) {
      int last = model.architecture().layers() - 1;

      VectorReading after =
          FfnWords.of(run, LensConvention.FINAL_NORM)
              .states(List.of(new FfnWords.Place(last, 4)), 512, List.of())
              .getFirst()
              .after();

      double[] logits =
          TensorScope.tidy(() -> Reference.doubles(run.logits().select(0, /* index= */ 4)));
      double all = Reference.logSumExp(logits);
      for (TokenReading word : after.top()) {
        assertClose(word.probability(), Math.exp(logits[word.id()] - all), FLOAT);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "GPTJ", "GPT_NEOX", "PHI", "OLMO2"})
  void theStateBeforeIsTheOneThatTheOutputIsAddedTo(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(golden.prompt(), FfnSubUpdates.recording(model))) {
      double[] after = Reference.doubles(run.activation(HookPoint.RESID_POST.at(1)));
      double[] added = Reference.doubles(run.activation(HookPoint.MLP_OUT.at(1)));
      int width = model.architecture().dModel();
      double[] before =
          FfnReference.plus(
              Reference.row(after, 3, width),
              FfnReference.times(-1, Reference.row(added, 3, width)));

      VectorReading read =
          FfnWords.of(run, LensConvention.RAW)
              .states(List.of(new FfnWords.Place(1, 3)), 1, List.of(77))
              .getFirst()
              .before();

      assertClose(read.norm(), Reference.length(before), FLOAT);
      assertClose(
          read.targets().getFirst().logit(),
          new Reference(model).logits(before, /* whole= */ true)[77],
          FLOAT);
    }
  }

  /// Check 7 on a vocabulary far larger than thirty.
  @Test
  void overlapsLieOnTheGridAndRandomVectorsDoNotOverlapWithRealOnes() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      double[] overlaps = ValueOverlap.ofValues(model, 3, IntStream.range(0, 40).boxed().toList());

      for (double overlap : overlaps) {
        double shared = 60 * overlap / (1 + overlap);
        assertClose(shared, Math.rint(shared), Tolerance.within(1e-9));
      }
      assertThat(Arrays.stream(overlaps).average().orElseThrow()).isGreaterThan(0.3);
      List<Integer> real = topRaw(model, () -> ValueVectors.of(model, 3).pick(List.of(5)));
      List<Integer> random = topRaw(model, () -> NullBand.matched(model, 3, 1, 9));
      assertThat(ValueOverlap.intersectionOverUnion(real, real)).isEqualTo(1.0);
      assertThat(ValueOverlap.intersectionOverUnion(real, random)).isLessThan(0.1);
    }
  }

  private static List<Integer> topRaw(LanguageModel model, Supplier<Tensor> vector) {
    double[] numbers = TensorScope.tidy(() -> Reference.doubles(vector.get()));
    double[] logits = new Reference(model).logits(numbers, /* whole= */ false);
    return IntStream.of(Reference.ranked(logits)).limit(30).boxed().toList();
  }

  @Test
  void theNullBandIsTheFarthestThatItsRandomVectorsReach() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      NullBand band =
          NullBand.of(model, LensConvention.RAW, Baseline.NONE, new NullBand.Draw(2, 15, 4));

      double[] random =
          TensorScope.tidy(() -> Reference.doubles(NullBand.matched(model, 2, 15, 4)));
      Reference unembed = new Reference(model);
      double top = Double.NEGATIVE_INFINITY;
      double bottom = Double.POSITIVE_INFINITY;
      for (int row = 0; row < 15; row++) {
        double[] vector = Reference.row(random, row, model.architecture().dModel());
        double[] unit = FfnReference.times(1 / Reference.length(vector), vector);
        double[] logits = unembed.logits(unit, /* whole= */ false);
        top = Math.max(top, Arrays.stream(logits).max().orElseThrow());
        bottom = Math.min(bottom, Arrays.stream(logits).min().orElseThrow());
      }
      assertClose(band.top(), top, FLOAT);
      assertClose(band.bottom(), bottom, FLOAT);
      assertClose(band.topFor(3), 3 * band.top(), Tolerance.exact());
      assertThat(NullBand.of(model, LensConvention.RAW, Baseline.NONE, new NullBand.Draw(2, 15, 4)))
          .isEqualTo(band);
      assertThat(NullBand.of(model, LensConvention.RAW, Baseline.NONE, new NullBand.Draw(2, 15, 5)))
          .isNotEqualTo(band);
      NullBand normed =
          NullBand.of(model, LensConvention.FINAL_NORM, Baseline.NONE, new NullBand.Draw(2, 5, 4));
      assertClose(normed.topFor(3), normed.top(), Tolerance.exact());
    }
  }
}
