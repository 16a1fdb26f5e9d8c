package io.lexiscope.model.intervene;

import static io.lexiscope.model.GoldenModel.doubles;
import static io.lexiscope.model.GoldenModel.floats;
import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.PlaceException;
import io.lexiscope.model.place.StepRange;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What an intervention must and must not do, as the digest of Geva et al. 2022 lists it (10A.8).
class InterventionAcceptanceTest {
  private static final TokenIds PROMPT = GoldenModel.prompt(8);
  private static final int LAYER = 1;
  private static final int NEURON = 9;
  private static final Tolerance FLOAT = new Tolerance(2e-5, 2e-5);

  private static double[] at(LanguageModel model, HookName place) {
    try (Run run = model.run(PROMPT, Recording.of(List.of(place)))) {
      return doubles(run.activation(place));
    }
  }

  private static double[] output(LanguageModel model) {
    try (Run run = model.run(PROMPT, Recording.nothing())) {
      return doubles(run.last());
    }
  }

  private static LanguageModel with(LanguageModel model, Intervention... interventions) {
    return model.with(Interventions.of(interventions));
  }

  private static Intervention set(int neuron, double value) {
    return Intervention.setNeuron(LAYER, neuron, value);
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void settingACoefficientToItsOwnValueChangesNothingToTheBit(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      int neurons = model.architecture().dimensions().dMlp();
      double[] own = at(model, HookPoint.MLP_POST.at(LAYER));
      List<Intervention> same =
          IntStream.range(0, PROMPT.size())
              .mapToObj(p -> set(NEURON, own[p * neurons + NEURON]).at(new Where.At(List.of(p))))
              .toList();

      assertThat(output(model.with(new Interventions(same)))).isEqualTo(output(model));
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void switchingANeuronOffTakesItsSubUpdateFromTheOutput(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      int neurons = model.architecture().dimensions().dMlp();
      int width = model.architecture().dModel();
      HookName place = HookPoint.MLP_MODULE_OUT.at(LAYER);
      double[] coefficients = at(model, HookPoint.MLP_POST.at(LAYER));
      double[] value = valueVector(model);
      double[] expected = at(model, place);
      for (int p = 0; p < PROMPT.size(); p++) {
        for (int i = 0; i < width; i++) {
          expected[p * width + i] -= coefficients[p * neurons + NEURON] * value[i];
        }
      }

      double[] off = at(with(model, set(NEURON, 0)), place);

      assertClose(floats(off), floats(expected), FLOAT);
    }
  }

  private static double[] valueVector(LanguageModel model) {
    return TensorScope.tidy(
        () ->
            doubles(
                Linears.rowsAreInputs(model.transformer().weights().blocks().get(LAYER).mlp().out())
                    .indexSelect(0, Tensors.ofLongs(NEURON))));
  }

  @ParameterizedTest
  @CsvSource({"GPT2, 2.99636", "GPT_NEOX, 2.99595"}) // tanh and erf
  void aPreActivationOfThreeIsItsGelu(GoldenModel golden, double expected) {
    try (LanguageModel model = golden.open()) {
      int neurons = model.architecture().dimensions().dMlp();
      Intervention pre = Intervention.of(new Target.NeuronInput(LAYER, NEURON), new Change.Set(3));

      double[] post = at(with(model, pre), HookPoint.MLP_POST.at(LAYER));

      for (int p = 0; p < PROMPT.size(); p++) {
        assertClose(post[p * neurons + NEURON], expected, Tolerance.within(5e-6));
      }
      assertClose(
          floats(output(with(model, pre))),
          floats(output(with(model, set(NEURON, expected)))),
          FLOAT);
    }
  }

  @Test
  void aPreActivationOfAGatedNeuronIsThatOfItsGate() {
    try (LanguageModel model = GoldenModel.LLAMA.open()) {
      assertThat(model.architecture().block().mlp()).isInstanceOf(Mlp.Gated.class);
      int neurons = model.architecture().dimensions().dMlp();
      double[] up = at(model, HookPoint.MLP_PRE_LINEAR.at(LAYER));

      double[] post =
          at(
              with(
                  model, Intervention.of(new Target.NeuronInput(LAYER, NEURON), new Change.Set(3))),
              HookPoint.MLP_POST.at(LAYER));

      double silu = 3 / (1 + Math.exp(-3));
      for (int p = 0; p < PROMPT.size(); p++) {
        int index = p * neurons + NEURON;
        assertClose(post[index], silu * up[index], Tolerance.within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void withoutTheEditsTheOutputIsThatOfBeforeToTheBit(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      double[] before = output(model);
      double[] edited = output(with(model, set(NEURON, 40), Intervention.ablateHead(0, 1)));

      assertThat(edited).isNotEqualTo(before);
      assertThat(output(model)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void twoEditsInOneLayerCommute(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      Intervention one = set(NEURON, 4);
      Intervention other = Intervention.scaleNeuron(LAYER, NEURON + 5, -3);

      assertThat(output(with(model, one, other))).isEqualTo(output(with(model, other, one)));
    }
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void anEditAtAPositionLeavesEarlierOnesToTheBit(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      int width = model.architecture().dModel();
      int first = 5;
      double[] before = output(model);

      double[] after = output(with(model, set(NEURON, 50).at(new Where.From(first))));

      assertThat(Arrays.copyOf(after, first * width))
          .isEqualTo(Arrays.copyOf(before, first * width));
      assertThat(after).isNotEqualTo(before);
    }
  }

  @Test
  void sessionsSideBySideDoNotSeeEachOthersEdits() throws Exception {
    try (LanguageModel model = GoldenModel.GPT2.open();
        var threads = Executors.newFixedThreadPool(4)) {
      List<LanguageModel> views = new ArrayList<>(List.of(model));
      IntStream.range(1, 4).forEach(i -> views.add(with(model, set(NEURON, 10 * i))));
      List<double[]> alone = views.stream().map(InterventionAcceptanceTest::output).toList();

      List<Callable<double[]>> asked = new ArrayList<>();
      IntStream.range(0, 32).forEach(i -> asked.add(() -> output(views.get(i % 4))));
      var together = threads.invokeAll(asked);

      for (int i = 0; i < 32; i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i % 4));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void projectingOutADirectionLeavesWhatIsPerpendicular(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      HookName place = HookPoint.ATTN_OUT.at(LAYER);
      int width = model.architecture().dModel();
      double[] unit = wave(width);
      double[] before = at(model, place);

      double[] out = at(with(model, along(place, unit, new double[] {0})), place);
      double[] held = at(with(model, along(place, unit, new double[0])), place);

      for (int p = 0; p < PROMPT.size(); p++) {
        double component = dot(before, unit, p);
        for (int i = 0; i < width; i++) {
          double rest = before[p * width + i] - component * unit[i];
          assertClose(out[p * width + i], rest, Tolerance.within(2e-5));
          assertClose(held[p * width + i], rest + 7 * unit[i], Tolerance.within(2e-5));
        }
      }
    }
  }

  /// Scaled by the factor given, or set to 7 without one; the direction is three times too long.
  private static Intervention along(HookName place, double[] unit, double[] factor) {
    FloatVector direction = FloatVector.of(floats(unit)).times(3);
    return Intervention.of(
        new Target.Place(place),
        factor.length == 1
            ? new Change.ScaleAlong(direction, factor[0])
            : new Change.SetAlong(direction, 7));
  }

  private static double dot(double[] rows, double[] unit, int row) {
    double sum = 0;
    for (int i = 0; i < unit.length; i++) {
      sum += rows[row * unit.length + i] * unit[i];
    }
    return sum;
  }

  private static double[] wave(int size) {
    double[] numbers = new double[size];
    Arrays.setAll(numbers, i -> Math.sin(i + 1.0));
    double length = Math.sqrt(Arrays.stream(numbers).map(x -> x * x).sum());
    Arrays.setAll(numbers, i -> numbers[i] / length);
    return numbers;
  }

  @Test
  void theDirectionOfWordsIsTheDifferenceOfTheirMeanVectors() {
    try (LanguageModel model = GoldenModel.LLAMA.open()) {
      int width = model.architecture().dModel();
      float[] rows = model.transformer().unembedding().weight().toFloats();

      float[] direction =
          new WordDirection(WordDirection.Space.UNEMBEDDING, List.of(4, 10), List.of(7))
              .in(model.transformer())
              .toArray();

      for (int i = 0; i < width; i++) {
        double expected =
            ((double) rows[4 * width + i] + rows[10 * width + i]) / 2 - rows[7 * width + i];
        assertClose(direction[i], expected, Tolerance.within(1e-6));
      }
    }
  }

  @Test
  void scopesAreSetsOfPositions() {
    assertCovers(new Where.Prompt(), 0, 1, 2, 3);
    assertCovers(new Where.Generated(), 4, 5, 6, 7);
    assertCovers(new Where.Steps(new StepRange(0, 1)), 3, 4);
    assertCovers(new Where.To(-3), 0, 1);
    assertCovers(new Where.From(-1), 3, 4, 5, 6, 7);
    assertCovers(new Where.At(List.of(-1, 6)), 3, 6);
    assertCovers(new Where.All(List.of(new Where.From(1), new Where.Prompt())), 1, 2, 3);
    assertCovers(
        new Where.Any(List.of(new Where.Steps(new StepRange(0, 0)), new Where.To(0))), 0, 3);
    assertThatThrownBy(() -> new StepRange(2, 1))
        .isInstanceOf(PlaceException.class)
        .hasMessage("generation steps: expected steps from 0 in rising order, got 2 to 1");
    assertThatThrownBy(() -> new Where.At(List.of(-5)).requireWithin(4))
        .hasMessageContaining("a position of -4 or later in a prompt of 4 tokens, got -5");
  }

  private static void assertCovers(Where where, Integer... positions) {
    assertThat(IntStream.range(0, 8).filter(p -> where.covers(p, /* promptLength= */ 4)).boxed())
        .containsExactly(positions);
  }

  @Test
  void aDirectionOfNoLengthIsRefused() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      Intervention zero =
          Intervention.of(
              new Target.Place(HookPoint.RESID_PRE.at(0)),
              new Change.ScaleAlong(FloatVector.of(new float[64]), 0));

      assertThatThrownBy(() -> with(model, zero))
          .hasMessageContaining("a direction of a length above 0 at blocks.0.hook_resid_pre");
    }
  }
}
