package io.lexiscope.model;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.forward.ForwardException;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.InterventionException;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowsTest {
  private static final Tolerance ROUNDING = new Tolerance(1e-5, 1e-5);
  private static final TokenIds PROMPT = GoldenModel.prompt(11);

  private static FloatVector wave(int width) {
    float[] numbers = new float[width];
    for (int i = 0; i < width; i++) {
      numbers[i] = (float) Math.sin(i);
    }
    return FloatVector.of(numbers);
  }

  /// Prompts of several lengths; some share what is changed, some change nothing.
  private static List<Rows.Row> rows(LanguageModel model) {
    int width = model.architecture().dModel();
    Interventions ablation = Interventions.of(Intervention.ablateHead(1, 0));
    Interventions late =
        Interventions.of(
            Intervention.add(HookPoint.RESID_POST.at(0), wave(width)).at(new Where.At(List.of(-1))),
            Intervention.scaleNeuron(1, 5, 3).at(new Where.From(-2)));
    Interventions pattern =
        Interventions.of(
            Intervention.of(
                    new Target.Place(HookPoint.PATTERN.at(2)), new Change.Scale(/* factor= */ 0.5))
                .at(new Where.At(List.of(2))),
            Intervention.ablateHead(1, 0));
    return List.of(
        new Rows.Row(PROMPT, Interventions.none()),
        new Rows.Row(PROMPT, ablation),
        new Rows.Row(PROMPT, ablation),
        new Rows.Row(PROMPT.slice(0, 6), late),
        new Rows.Row(GoldenModel.prompt(9), late),
        new Rows.Row(PROMPT.slice(2, 7), pattern));
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void everyRowIsThePassItWouldBeAlone(GoldenModel golden) {
    try (LanguageModel bare = golden.open()) {
      LanguageModel model = bare.with(Interventions.of(Intervention.scaleNeuron(0, 3, -2)));
      Recording everything = Recording.of(HookPoint.values());
      List<Rows.Row> rows = rows(model);
      try (RunBatch batch = model.run(new Rows(rows), everything)) {
        for (int i = 0; i < rows.size(); i++) {
          Run row = batch.row(i);
          try (Run alone =
              model.with(rows.get(i).interventions()).run(rows.get(i).tokens(), everything)) {
            assertThat(row.recorded()).isEqualTo(alone.recorded());
            assertThat(row.tokens()).isEqualTo(alone.tokens());
            assertThat(row.model().interventions()).isEqualTo(alone.model().interventions());
            assertClose(row.last().toFloats(), alone.last().toFloats(), ROUNDING);
            for (HookName name : alone.recorded()) {
              assertThat(row.activation(name).shape()).isEqualTo(alone.activation(name).shape());
              assertFinitePartClose(row, alone, name);
            }
          }
        }
      }
    }
  }

  /// Scores hold −∞ where a key is out of sight.
  private static void assertFinitePartClose(Run row, Run alone, HookName name) {
    float[] got = row.activation(name).toFloats();
    float[] expected = alone.activation(name).toFloats();
    if (name.point() == HookPoint.ATTN_SCORES) {
      for (int i = 0; i < got.length; i++) {
        if (Float.isInfinite(expected[i])) {
          assertThat(got[i]).isEqualTo(expected[i]);
          got[i] = 0;
          expected[i] = 0;
        }
      }
    }
    assertClose(got, expected, new Tolerance(2e-5, 2e-5));
  }

  @Test
  void chosenPositionsCountFromTheEndOfEachRow() {
    List<TokenIds> prompts = List.of(PROMPT.slice(0, 4), PROMPT, PROMPT.slice(3, 9));
    try (LanguageModel model = GoldenModel.GPT2.open();
        RunBatch batch = model.run(Rows.of(prompts), Recording.of(HookPoint.MLP_POST).at(-1))) {
      HookName name = HookPoint.MLP_POST.at(2);
      assertThat(batch.activation(name).size(1)).isEqualTo(1);
      for (int i = 0; i < prompts.size(); i++) {
        try (Run alone = model.run(prompts.get(i), Recording.of(List.of(name)))) {
          assertThat(batch.row(i).positions(name)).containsExactly(prompts.get(i).size() - 1);
          assertClose(
              batch.row(i).activation(name, -1).toFloats(),
              alone.activation(name, -1).toFloats(),
              ROUNDING);
          assertClose(batch.row(i).logits(-1).toFloats(), alone.logits(-1).toFloats(), ROUNDING);
        }
      }
    }
  }

  @Test
  void rowsThatWouldKeepDifferentlyManyPositionsAreRefused() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      Rows rows = Rows.of(List.of(PROMPT.slice(0, 4), PROMPT));
      assertThatThrownBy(() -> model.run(rows, Recording.of(HookPoint.Z).at(3, -1)))
          .hasMessageContaining("as many positions in every row, got [3] and [3, 10]");
      Rows wrong = Rows.of(PROMPT, Interventions.of(Intervention.ablateHead(9, 0)));
      assertThatThrownBy(() -> model.run(wrong, Recording.nothing()))
          .isInstanceOf(InterventionException.class)
          .hasMessageContaining("a layer from 0 to 2, got 9");
    }
  }

  @Test
  void rowsThatWouldTurnDifferentlyAreRefused() {
    TokenIds prompt = TokenIds.of(36, 13, 12, 20, 36, 7, 12, 22, 11, 18, 15, 5, 12, 32, 15, 26, 8);
    try (LanguageModel model = FaultCase.LONGROPE_SWITCH.open()) {
      Rows rows = Rows.of(List.of(prompt.slice(0, 4), prompt));
      assertThatThrownBy(() -> model.run(rows, Recording.nothing()))
          .isInstanceOf(ForwardException.class)
          .hasMessageContaining("prompts that turn alike, got 4 and 17 tokens");
    }
  }

  @Test
  void aBatchLeavesNothingBehindAndEndsWithItsModel() {
    long before = TensorScope.liveTensors();
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      Rows rows = Rows.of(List.of(PROMPT.slice(0, 4), PROMPT));
      long opened = TensorScope.liveTensors();
      try (RunBatch batch = model.run(rows, Recording.of(HookPoint.Z))) {
        batch.row(0).close();
        assertThat(batch.row(0).logits(-1).size()).isPositive();
      }
      assertThat(TensorScope.liveTensors()).isEqualTo(opened);
      leaveOpen(model, rows);
    }
    assertThat(TensorScope.liveTensors()).isEqualTo(before);
  }

  @SuppressWarnings("MustBeClosedChecker") // closed with the model
  private static void leaveOpen(LanguageModel model, Rows rows) {
    assertThat(model.run(rows, Recording.nothing()).rows()).hasSize(2);
  }
}
