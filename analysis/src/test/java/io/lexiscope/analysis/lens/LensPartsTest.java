package io.lexiscope.analysis.lens;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.Reference;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Readings of heads and neurons, by themselves and summed.
class LensPartsTest {
  private static final Readout ALL = Readout.top(512).asItIs();
  private static final Tolerance FLOAT = new Tolerance(2e-4, 1e-4);
  private static final int LAYER = 1;

  private static float[] plus(float[] a, float[] b) {
    float[] sum = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }

  /// Logits of a bias through the bare unembedding; zeros where there is none.
  private static float[] biasLogits(LanguageModel model, Linear<Tensor> out) {
    return out.bias() == null
        ? new float[512]
        : LogitLensTest.floats(
            new Reference(model).logits(Reference.doubles(out.bias()), /* whole= */ false));
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void headsAndTheBiasSumToTheModulesOutput(Golden golden) {
    try (LanguageModel model = golden.open()) {
      LogitLens lens = LogitLens.raw(model);
      int heads = model.architecture().block().attention().heads().heads();
      List<Integer> all = IntStream.range(0, heads).boxed().toList();
      LensSelection selection =
          LensSelection.of(HookPoint.Z.at(LAYER)).positions(-2).parts(new Parts.All());
      try (Run run =
          model.run(golden.prompt(), lens.recording(HookPoint.Z, HookPoint.ATTN_MODULE_OUT))) {

        LensReadings each = lens.read(run, selection, ALL);
        LensReadings summed = lens.read(run, selection.parts(new Parts.SumOf(all)), ALL);
        LensReadings module =
            lens.read(
                run, LensSelection.of(HookPoint.ATTN_MODULE_OUT.at(LAYER)).positions(-2), ALL);

        float[] sum = new float[512];
        for (LensReading head : each.list()) {
          sum = plus(sum, LogitLensTest.logits(head));
        }
        assertThat(each.list()).hasSize(heads);
        assertThat(summed.list().getFirst().place().part()).isEqualTo(new Part.SumOfHeads(all));
        assertClose(LogitLensTest.logits(summed.list().getFirst()), sum, FLOAT);
        float[] bias =
            biasLogits(model, model.transformer().weights().blocks().get(LAYER).attention().out());
        assertClose(plus(sum, bias), LogitLensTest.logits(module.list().getFirst()), FLOAT);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void aNeuronReadsAsItsCoefficientTimesItsValueVector(Golden golden) {
    try (LanguageModel model = golden.open()) {
      LogitLens lens = LogitLens.raw(model);
      Reference reference = new Reference(model);
      int neurons = model.architecture().dimensions().dMlp();
      int width = model.architecture().dModel();
      LensSelection selection =
          LensSelection.of(HookPoint.MLP_POST.at(LAYER))
              .positions(3, -1)
              .parts(new Parts.Each(List.of(7, neurons - 1)));
      try (Run run = model.run(golden.prompt(), lens.recording(selection))) {

        List<LensReading> readings = lens.read(run, selection, ALL).list();

        Linear<Tensor> out = model.transformer().weights().blocks().get(LAYER).mlp().out();
        double[] matrix =
            TensorScope.tidy(() -> Reference.doubles(Linears.rowsAreInputs(out).contiguous()));
        assertThat(readings).hasSize(4);
        for (LensReading reading : readings) {
          int neuron = reading.place().neuron().orElseThrow();
          double[] post =
              Reference.doubles(
                  run.activation(HookPoint.MLP_POST.at(LAYER), reading.place().position()));
          double coefficient = post[neuron];
          double[] value = Reference.row(matrix, neuron, width);
          for (int i = 0; i < width; i++) {
            value[i] *= coefficient;
          }
          assertClose(
              LogitLensTest.logits(reading),
              LogitLensTest.floats(reference.logits(value, /* whole= */ false)),
              FLOAT);
          assertClose(reading.norm(), Reference.length(value), FLOAT);
        }
        assertThat(readings.get(0).place())
            .isEqualTo(new LensPlace(HookPoint.MLP_POST.at(LAYER), 3, new Part.Neuron(7)));
        assertThat(readings.get(3).place())
            .isEqualTo(
                new LensPlace(HookPoint.MLP_POST.at(LAYER), 23, new Part.Neuron(neurons - 1)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void allNeuronsAndTheBiasSumToTheModulesOutput(Golden golden) {
    try (LanguageModel model = golden.open()) {
      LogitLens lens = LogitLens.raw(model);
      int neurons = model.architecture().dimensions().dMlp();
      List<Integer> all = IntStream.range(0, neurons).boxed().toList();
      try (Run run =
          model.run(
              golden.prompt(), lens.recording(HookPoint.MLP_POST, HookPoint.MLP_MODULE_OUT))) {

        float[] summed =
            LogitLensTest.logits(
                lens.read(
                        run,
                        LensSelection.of(HookPoint.MLP_POST.at(LAYER))
                            .positions(-1)
                            .parts(new Parts.SumOf(all)),
                        ALL)
                    .list()
                    .getFirst());
        float[] module =
            LogitLensTest.logits(
                lens.read(
                        run,
                        LensSelection.of(HookPoint.MLP_MODULE_OUT.at(LAYER)).positions(-1),
                        ALL)
                    .list()
                    .getFirst());

        float[] bias =
            biasLogits(model, model.transformer().weights().blocks().get(LAYER).mlp().out());
        assertClose(plus(summed, bias), module, FLOAT);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "GEMMA2", "LLAMA"})
  void readingManyVectorsAtOnceGivesWhatReadingEachAloneGives(Golden golden) {
    try (LanguageModel model = golden.open()) {
      LogitLens lens = LogitLens.afterFinalNorm(model);
      List<Integer> neurons = IntStream.range(0, 120).boxed().toList();
      List<LensSelection> selections =
          List.of(
              LensSelection.everywhere(HookPoint.RESID_POST, 3),
              LensSelection.everywhere(HookPoint.MLP_POST, 3).parts(new Parts.Each(neurons)),
              LensSelection.everywhere(HookPoint.Z, 3),
              LensSelection.of(HookPoint.EMBED.once()));
      Readout readout = Readout.top(3).andBottom(2).andRankOf(99);
      try (Run run =
          model.run(
              golden.prompt(),
              lens.recording(
                  HookPoint.RESID_POST, HookPoint.MLP_POST, HookPoint.Z, HookPoint.EMBED))) {

        List<LensReading> together = lens.read(run, selections, readout).list();

        assertThat(together).hasSize(24 * (3 + 3 * 120 + 3 * 4 + 1));
        for (int i = 0; i < together.size(); i += 331) {
          LensReading one = together.get(i);
          Parts part =
              switch (one.place().part()) {
                case Part.Head head -> new Parts.Each(List.of(head.index()));
                case Part.Neuron neuron -> new Parts.Each(List.of(neuron.index()));
                case Part.Whole _, Part.SumOfHeads _, Part.SumOfNeurons _ -> new Parts.All();
              };
          LensReading alone =
              lens.read(
                      run,
                      LensSelection.of(one.place().at())
                          .positions(one.place().position())
                          .parts(part),
                      readout)
                  .list()
                  .getFirst();
          assertThat(alone.place()).isEqualTo(one.place());
          assertThat(alone.targets().getFirst().rank()).isEqualTo(one.targets().getFirst().rank());
          assertThat(alone.top())
              .extracting(TokenReading::id)
              .isEqualTo(one.top().stream().map(TokenReading::id).toList());
          assertClose(alone.norm(), one.norm(), new Tolerance(1e-6, 1e-5));
          assertClose(alone.entropy(), one.entropy(), new Tolerance(1e-4, 1e-4));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void whatIsAddedReadsAsPartOfTheStreamUnderTheFrozenScale(Golden golden) {
    try (LanguageModel model = golden.open()) {
      LogitLens lens = LogitLens.frozenScale(model);
      Reference reference = new Reference(model);
      List<HookPoint> added = List.of(HookPoint.ATTN_OUT, HookPoint.MLP_OUT);
      try (Run run =
          model.run(
              golden.prompt(),
              lens.recording(
                  HookPoint.EMBED,
                  HookPoint.POS_EMBED,
                  HookPoint.ATTN_OUT,
                  HookPoint.MLP_OUT,
                  HookPoint.RESID_POST))) {

        float[] sum = single(lens, run, LensSelection.of(HookPoint.EMBED.once()));
        if (HookPoint.POS_EMBED.existsIn(model.architecture())) {
          sum = plus(sum, single(lens, run, LensSelection.of(HookPoint.POS_EMBED.once())));
        }
        for (int layer = 0; layer < 3; layer++) {
          for (HookPoint point : added) {
            sum = plus(sum, single(lens, run, LensSelection.of(point.at(layer))));
          }
        }

        double[] zero = new double[model.architecture().dModel()];
        double[] shift = reference.uncapped(reference.normed(zero, 1, /* withBias= */ true));
        double cap = model.transformer().unembedding().softCap().orElse(0);
        float[] whole = plus(sum, LogitLensTest.floats(shift));
        for (int id = 0; id < whole.length && cap > 0; id++) {
          whole[id] = (float) (cap * Math.tanh(whole[id] / cap));
        }
        float[] stream = single(lens, run, LensSelection.of(HookPoint.RESID_POST.at(2)));
        assertClose(whole, stream, new Tolerance(1e-3, 1e-4));
      }
    }
  }

  private static float[] single(LogitLens lens, Run run, LensSelection selection) {
    return LogitLensTest.logits(lens.read(run, selection.positions(6), ALL).list().getFirst());
  }
}
