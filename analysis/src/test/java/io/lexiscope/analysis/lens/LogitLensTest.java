package io.lexiscope.analysis.lens;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.Reference;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogitLensTest {
  private static final int WORDS = 512;
  private static final Readout ALL = Readout.top(WORDS).asItIs();

  static float[] logits(LensReading reading) {
    float[] logits = new float[reading.top().size()];
    reading.top().forEach(word -> logits[word.id()] = (float) word.logit());
    return logits;
  }

  static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static double[] vector(Run run, HookName at, int position) {
    double[] all = Reference.doubles(run.activation(at));
    return Reference.row(all, position, run.model().architecture().dModel());
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void theStreamAfterTheLastBlockReadsAsTheModelsOwnOutput(Golden golden) {
    float[] numbers = golden.numbers("logits");
    double[] expected = new double[numbers.length];
    Arrays.setAll(expected, i -> numbers[i]);
    try (LanguageModel model = golden.open()) {
      LogitLens lens = LogitLens.afterFinalNorm(model);
      try (Run run = model.run(golden.prompt(), lens.recording(HookPoint.RESID_POST))) {

        LensGrid grid = lens.read(run, HookPoint.RESID_POST, ALL.andBottom(3).andRankOf(17));

        for (int position = 0; position < run.length(); position++) {
          double[] logits = Reference.row(expected, position, WORDS);
          int[] ranked = Reference.ranked(logits);
          LensReading reading = grid.cell(-1, position);
          assertClose(logits(reading), floats(logits), Tolerance.within(1e-4));
          assertThat(reading.top().getFirst().id()).isEqualTo(ranked[0]);
          assertThat(reading.bottom().getFirst().id()).isEqualTo(ranked[WORDS - 1]);
          assertClose(reading.entropy(), Reference.entropy(logits), Tolerance.within(1e-4));
          assertClose(
              reading.targets().getFirst().probability(),
              Math.exp(logits[17] - Reference.logSumExp(logits)),
              Tolerance.within(1e-5));
          assertThat(ranked[reading.targets().getFirst().rank() - 1]).isEqualTo(17);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void everyConventionEqualsItsFormulaInDoubles(Golden golden) {
    try (LanguageModel model = golden.open()) {
      Reference reference = new Reference(model);
      int last = model.architecture().layers() - 1;
      List<HookName> places =
          List.of(
              HookPoint.EMBED.once(),
              HookPoint.RESID_PRE.at(1),
              HookPoint.LN1_NORMALIZED.at(1),
              HookPoint.ATTN_OUT.at(0),
              HookPoint.MLP_OUT.at(last),
              HookPoint.ATTN_MODULE_OUT.at(1),
              HookPoint.MLP_MODULE_OUT.at(1),
              HookPoint.RESID_POST.at(0));
      Recording recording =
          Recording.of(places).and(Recording.of(HookPoint.FINAL_SCALE, HookPoint.RESID_POST));
      try (Run run = model.run(golden.prompt(), recording)) {
        for (LensConvention convention : LensConvention.values()) {
          for (HookName at : places) {

            LensReadings readings =
                LogitLens.of(model, convention)
                    .read(run, LensSelection.of(at).positions(0, -1), ALL);

            assertThat(readings.convention()).isEqualTo(convention);
            requireFormula(reference, run, readings.list().get(0), convention);
            requireFormula(reference, run, readings.list().get(1), convention);
          }
        }
      }
    }
  }

  private static void requireFormula(
      Reference reference, Run run, LensReading reading, LensConvention convention) {
    HookName at = reading.place().at();
    int position = reading.place().position();
    double[] x = vector(run, at, position);
    double[] last =
        vector(run, HookPoint.RESID_POST.at(run.model().architecture().layers() - 1), position);
    boolean stream =
        switch (at.point()) {
          case RESID_PRE, RESID_POST, LN1_NORMALIZED -> true;
          default -> false;
        };
    double[] expected =
        switch (convention) {
          case FINAL_NORM ->
              reference.logits(
                  reference.normed(x, reference.scale(x), /* withBias= */ true), /* whole= */ true);
          case RAW -> reference.logits(x, /* whole= */ stream);
          case FROZEN_SCALE ->
              reference.logits(
                  reference.normed(x, reference.scale(last), /* withBias= */ stream),
                  /* whole= */ stream);
        };
    assertClose(logits(reading), floats(expected), new Tolerance(2e-4, 1e-4));
    assertClose(reading.norm(), Reference.length(x), new Tolerance(1e-5, 1e-5));
    assertClose(reading.entropy(), Reference.entropy(expected), new Tolerance(1e-3, 1e-4));
    assertThat(reading.otherMass()).isBetween(0.0, 1e-5);
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void headsReadThroughTheOutputMatrixAreThoseOfTheRecordedResult(Golden golden) {
    try (LanguageModel model = golden.open()) {
      LogitLens lens = LogitLens.raw(model);
      try (Run run = model.run(golden.prompt(), lens.recording(HookPoint.Z, HookPoint.RESULT))) {

        LensGrid fromZ = lens.read(run, HookPoint.Z, ALL);
        LensGrid recorded = lens.read(run, HookPoint.RESULT, ALL);

        assertThat(fromZ.heads())
            .isEqualTo(model.architecture().block().attention().heads().heads());
        for (int i = 0; i < fromZ.readings().list().size(); i++) {
          LensReading a = fromZ.readings().list().get(i);
          LensReading b = recorded.readings().list().get(i);
          assertThat(a.place().part()).isEqualTo(b.place().part());
          assertClose(logits(a), logits(b), new Tolerance(1e-4, 1e-4));
          assertClose(a.norm(), b.norm(), new Tolerance(1e-5, 1e-5));
        }
      }
    }
  }
}
