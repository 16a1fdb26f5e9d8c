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
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeanActivationTest {
  private static final int LAYER = 1;
  private static final Tolerance FLOAT = new Tolerance(2e-5, 2e-5);

  /// Two texts of different lengths: positions count, not texts.
  private static final List<TokenIds> TEXTS =
      List.of(GoldenModel.prompt(8), GoldenModel.prompt(5).slice(0, 3));

  private static double[] at(LanguageModel model, TokenIds prompt, HookName place) {
    try (Run run = model.run(prompt, Recording.of(List.of(place)))) {
      return doubles(run.activation(place));
    }
  }

  /// The mean by hand, in doubles.
  private static double[] meanByHand(LanguageModel model, HookName place, int width) {
    double[] mean = new double[width];
    int positions = TEXTS.stream().mapToInt(TokenIds::size).sum();
    for (TokenIds text : TEXTS) {
      double[] all = at(model, text, place);
      for (int i = 0; i < all.length; i++) {
        mean[i % width] += all[i] / positions;
      }
    }
    return mean;
  }

  private static MeanActivation measured(LanguageModel model, HookName place) {
    return MeanActivation.measure(model.transformer(), TEXTS, place);
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void aHeadAtItsMeanPutsOutItsMeanEverywhereAndOthersStay(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      HookName place = HookPoint.Z.at(LAYER);
      var heads = model.architecture().block().attention().heads();
      int width = heads.heads() * heads.dHead();
      double[] mean = meanByHand(model, place, width);
      Target.Head head = new Target.Head(LAYER, /* index= */ 1);

      LanguageModel changed =
          model.with(Interventions.of(Intervention.of(head, measured(model, place).of(head))));

      double[] before = at(model, TEXTS.getFirst(), place);
      double[] expected = before.clone();
      for (int position = 0; position < TEXTS.getFirst().size(); position++) {
        System.arraycopy(
            mean, heads.dHead(), expected, position * width + heads.dHead(), heads.dHead());
      }
      assertClose(floats(at(changed, TEXTS.getFirst(), place)), floats(expected), FLOAT);
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void aNeuronAtItsMeanTakesItsMeanInUnitsOfEitherSideOfTheNonLinearity(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      int neurons = model.architecture().dimensions().dMlp();
      List<Target> both = List.of(new Target.Neuron(LAYER, 9), new Target.NeuronInput(LAYER, 9));
      for (Target neuron : both) {
        double[] mean = meanByHand(model, neuron.place(), neurons);

        LanguageModel changed =
            model.with(
                Interventions.of(
                    Intervention.of(neuron, measured(model, neuron.place()).of(neuron))));

        double[] expected = at(model, TEXTS.getFirst(), neuron.place());
        for (int position = 0; position < TEXTS.getFirst().size(); position++) {
          expected[position * neurons + 9] = mean[9];
        }
        assertClose(floats(at(changed, TEXTS.getFirst(), neuron.place())), floats(expected), FLOAT);
      }
    }
  }

  @Test
  void aDirectionAtItsMeanKeepsWhatIsPerpendicular() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      HookName place = HookPoint.RESID_POST.at(LAYER);
      int width = model.architecture().dModel();
      float[] direction = new float[width];
      direction[0] = 3;
      direction[2] = -4;
      double[] mean = meanByHand(model, place, width);
      double wanted = (3 * mean[0] - 4 * mean[2]) / 5;
      Target all = new Target.Place(place);

      LanguageModel changed =
          model.with(
              Interventions.of(
                  Intervention.of(all, measured(model, place).along(FloatVector.of(direction)))));

      double[] expected = at(model, TEXTS.getFirst(), place);
      for (int position = 0; position < TEXTS.getFirst().size(); position++) {
        int first = position * width;
        double missing = wanted - (3 * expected[first] - 4 * expected[first + 2]) / 5;
        expected[first] += missing * 3 / 5;
        expected[first + 2] -= missing * 4 / 5;
      }
      assertClose(floats(at(changed, TEXTS.getFirst(), place)), floats(expected), FLOAT);
    }
  }

  @Test
  void positionsAreCountedAndLongTextsCutIntoWindows() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      int context = model.architecture().dimensions().context();
      int[] ids = new int[context + 3];
      Arrays.setAll(ids, i -> i % 7);

      MeanActivation mean =
          MeanActivation.measure(
              model.transformer(), List.of(TokenIds.of(ids)), HookPoint.RESID_POST.at(0));

      assertThat(mean.positions()).isEqualTo(context + 3);
    }
  }

  @Test
  void whatHasNoMeanIsRefused() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      assertThatThrownBy(() -> measured(model, HookPoint.PATTERN.at(0)))
          .isInstanceOf(InterventionException.class)
          .hasMessageContaining("a vector at each position");
      assertThatThrownBy(
              () -> MeanActivation.measure(model.transformer(), List.of(), HookPoint.Z.at(0)))
          .hasMessageContaining("expected texts");
      MeanActivation heads = measured(model, HookPoint.Z.at(0));
      assertThatThrownBy(() -> heads.of(new Target.Place(HookPoint.Z.at(0))))
          .hasMessageContaining("expected heads");
      assertThatThrownBy(() -> heads.of(new Target.Head(0, 99)))
          .hasMessageContaining("expected a head from 0 to");
      assertThatThrownBy(() -> heads.of(new Target.Neuron(0, 1)))
          .hasMessageContaining("expected the mean of blocks.0.mlp.hook_post");
    }
  }
}
