package io.lexiscope.model;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.hook.HookException;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.VocabularyReading.TokenLogit;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a caller does who knows nothing of scopes.
class RunTest {
  private static final TokenIds PROMPT = GoldenModel.prompt(11);

  @Test
  void whatARunSaysIsReadWithoutAnyScope() {
    try (LanguageModel model = GoldenModel.GPT2.open();
        Run run = model.run(PROMPT, Recording.of(HookPoint.RESID_POST))) {
      float[] all = run.logits().toFloats();
      int words = model.architecture().dimensions().vocabulary();
      float[] expected = Arrays.copyOfRange(all, (PROMPT.size() - 1) * words, all.length);

      Logits last = run.logits(-1);

      assertThat(last.size()).isEqualTo(words);
      assertClose(last.toFloats(), expected, new Tolerance(1e-5, 1e-5));
      assertThat(run.activation(HookPoint.RESID_POST.at(1)).toFloats())
          .hasSize(PROMPT.size() * model.architecture().dModel());
      assertThat(run.activation(HookPoint.RESID_POST.at(1), -1).toFloats())
          .hasSize(model.architecture().dModel());
    }
  }

  @Test
  void theLikeliestWordsAndTheirProbabilitiesAreThoseOfASortAndASoftmax() {
    try (LanguageModel model = GoldenModel.LLAMA.open();
        Run run = model.run(PROMPT, Recording.nothing())) {
      Logits logits = run.logits(4);
      float[] values = logits.toFloats();
      double mass = 0;
      for (float value : values) {
        mass += Math.exp(value);
      }

      List<TokenLogit> top = logits.top(5);

      float[] sorted = values.clone();
      Arrays.sort(sorted);
      for (int i = 0; i < 5; i++) {
        assertThat(top.get(i).logit()).isEqualTo(sorted[sorted.length - 1 - i]);
        assertThat(top.get(i).logit()).isEqualTo(values[top.get(i).id()]);
        assertClose(
            logits.probability(top.get(i).id()),
            Math.exp(top.get(i).logit()) / mass,
            new Tolerance(1e-12, 1e-9));
      }
      assertThat(logits.best()).isEqualTo(top.getFirst().id());
    }
  }

  @Test
  void aRunLeavesNothingBehind() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      long before = TensorScope.liveTensors();
      try (Run run = model.run(PROMPT, Recording.of(HookPoint.Z).at(-1))) {
        assertThat(run.logits().size(0)).isEqualTo(PROMPT.size());
        assertThat(run.activation(HookPoint.Z.at(0), -1).shape().rank()).isEqualTo(2);
        assertThat(run.logits(-1).best()).isNotNegative();
      }
      assertThat(TensorScope.liveTensors()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void chosenPositionsOfEveryPlaceAreThoseOfTheWholeRecording(GoldenModel golden) {
    KernelPaths.onEach(
        () -> {
          try (LanguageModel model = golden.open()) {
            requireChosenPositions(model);
          }
        });
  }

  private static void requireChosenPositions(LanguageModel model) {
    try (Run whole = model.run(PROMPT, Recording.of(HookPoint.values()));
        Run some = model.run(PROMPT, Recording.of(HookPoint.values()).at(-1, 3, 0, 10))) {
      assertThat(some.recorded()).isEqualTo(whole.recorded());
      for (HookName name : some.recorded()) {
        int axis = name.point().positionAxis();
        assertThat(some.activation(name).size(axis)).as(name.toString()).isEqualTo(3);
        assertThat(some.positions(name)).containsExactly(0, 3, 10);
        for (int position : List.of(0, 3, -1)) {
          assertThat(some.activation(name, position).toFloats())
              .as(name.toString())
              .isEqualTo(expected(whole.activation(name), axis, position));
        }
      }
      assertClose(some.last().toFloats(), whole.last().toFloats(), Tolerance.exact());
    }
  }

  private static float[] expected(Tensor whole, int axis, int position) {
    return TensorScope.tidy(
        () -> whole.select(axis, Math.floorMod(position, PROMPT.size())).toFloats());
  }

  @Test
  void unitedRecordingsKeepWhatEitherKeeps() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      Recording both =
          Recording.of(HookPoint.RESID_POST)
              .at(1)
              .and(Recording.of(List.of(HookPoint.RESID_POST.at(2), HookPoint.Z.at(0))).at(-2))
              .and(Recording.of(HookPoint.Z));

      try (Run run = model.run(PROMPT, both)) {
        assertThat(run.positions(HookPoint.RESID_POST.at(0))).containsExactly(1);
        assertThat(run.positions(HookPoint.RESID_POST.at(2))).containsExactly(1, 9);
        assertThat(run.positions(HookPoint.Z.at(0))).hasSize(PROMPT.size());
      }
    }
  }

  @Test
  void positionsThatAreNotThereAreRefused() {
    try (LanguageModel model = GoldenModel.GPT2.open();
        Run run = model.run(PROMPT, Recording.of(HookPoint.RESID_POST).at(-1))) {
      assertThatThrownBy(() -> model.run(PROMPT, Recording.of(HookPoint.Z).at(11)))
          .isInstanceOf(HookException.class)
          .hasMessageContaining("positions from -11 to 10 in a prompt of 11 tokens, got 11");
      assertThatThrownBy(() -> Recording.of(HookPoint.Z).at())
          .hasMessageContaining("at least one position");
      assertThatThrownBy(() -> run.activation(HookPoint.RESID_POST.at(0), 2))
          .hasMessageContaining("position 2 of blocks.0.hook_resid_post among those recorded [10]");
      assertThatThrownBy(() -> run.logits(-12))
          .hasMessageContaining("a position from -11 to 10, got -12");
    }
  }
}
