package io.lexiscope.model.generate;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.LateKeys;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeavingDecoderTest {
  private static final TokenIds PROMPT = GoldenModel.prompt(5);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void aRuleThatNeverFiresChangesNothing(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      Decoding plain = Decoding.greedy(12).reporting(3);
      Generation expected = model.generator().generate(PROMPT, plain);
      for (LateKeys late : LateKeys.values()) {
        Generation early =
            model
                .generator()
                .generate(PROMPT, plain.leaving(new EarlyExit(ExitRule.never(), late)));

        assertThat(early.ids()).isEqualTo(expected.ids());
        Integer last = model.architecture().layers() - 1;
        assertThat(early.tokens()).extracting(Generation.Step::exitLayer).containsOnly(last);
        assertClose(logits(early), logits(expected), new Tolerance(1e-5, 1e-5));
      }
    }
  }

  private static float[] logits(Generation generation) {
    float[] logits = new float[generation.tokens().size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = generation.tokens().get(i).logit();
    }
    return logits;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void everyTokenIsWhatTheExactStreamSaysAtTheLayerItLeft(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      Decoding decoding =
          Decoding.greedy(10).leaving(new EarlyExit(new Rotation(), LateKeys.EXACT));

      Generation generation = model.generator().generate(PROMPT, decoding);

      TokenIds soFar = PROMPT;
      for (Generation.Step step : generation.tokens()) {
        int layer = java.util.Objects.requireNonNull(step.exitLayer());
        assertThat(step.id()).isEqualTo(reading(model, soFar, layer));
        soFar = soFar.plus(step.id());
      }
      assertThat(generation.tokens().stream().map(Generation.Step::exitLayer).distinct())
          .contains(0, 1);
    }
  }

  private static int reading(LanguageModel model, TokenIds ids, int layer) {
    try (Run run = model.run(ids, Recording.of(HookPoint.RESID_POST))) {
      return TensorScope.tidy(
          () -> {
            Tensor stream =
                run.activation(HookPoint.RESID_POST.at(layer)).narrow(1, ids.size() - 1L, 1);
            AffineNorm norm = model.transformer().finalNorm();
            return (int)
                model
                    .transformer()
                    .logits(norm == null ? stream : norm.apply(stream))
                    .reshape(-1)
                    .argmax(0)
                    .item();
          });
    }
  }

  /// Leaves after block 0, 1, 2, 0, 1, … by counting the positions it was asked at.
  private static final class Rotation implements ExitRule {
    private int calls;

    @Override
    public boolean looksAt(int layer) {
      return true;
    }

    @Override
    public boolean readsCoefficients() {
      return true;
    }

    @Override
    public boolean leaves(ExitPoint here) {
      if (here.layer() == 0) {
        calls++;
      }
      return here.layer() == calls % 3;
    }
  }

  @Test
  void aRuleSeesStateCoefficientsAndLogitsOfTheLastPosition() {
    try (LanguageModel model = GoldenModel.LLAMA.open();
        Run run = model.run(PROMPT, Recording.of(HookPoint.RESID_POST, HookPoint.MLP_POST))) {
      List<float[]> seen = new ArrayList<>();
      ExitRule watching =
          new ExitRule() {
            @Override
            public boolean looksAt(int layer) {
              return layer == 1;
            }

            @Override
            public boolean readsCoefficients() {
              return true;
            }

            @Override
            public boolean leaves(ExitPoint here) {
              seen.add(here.state());
              seen.add(here.coefficients());
              return false;
            }
          };
      model
          .generator()
          .generate(PROMPT, Decoding.greedy(1).leaving(new EarlyExit(watching, LateKeys.EXACT)));

      TensorScope.tidyRun(
          () -> {
            Tolerance close = new Tolerance(1e-6, 1e-6);
            assertThat(seen).hasSize(2);
            assertClose(seen.get(0), row(run, HookPoint.RESID_POST), close);
            assertClose(seen.get(1), row(run, HookPoint.MLP_POST), close);
          });
    }
  }

  private static float[] row(Run run, HookPoint point) {
    return run.activation(point.at(1)).select(1, PROMPT.size() - 1).toFloats();
  }

  @Test
  void interventionsKeepTheirPositionsInLayersThatRunLate() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      Intervention everyOther =
          new Intervention(
              "",
              /* enabled= */ true,
              new Target.Neuron(1, 7),
              new Where.At(List.of(1, 4, 6, 8)),
              new Change.Set(9));
      LanguageModel changed = model.with(Interventions.of(everyOther));
      // Leaves all tokens but the last early, so that block 1 runs once, for all positions.
      ExitRule untilTheEnd =
          new ExitRule() {
            private int tokens;

            @Override
            public boolean looksAt(int layer) {
              return layer == 0;
            }

            @Override
            public boolean readsCoefficients() {
              return false;
            }

            @Override
            public boolean leaves(ExitPoint here) {
              return tokens++ < 6;
            }
          };

      Generation generation =
          changed
              .generator()
              .generate(
                  PROMPT, Decoding.greedy(7).leaving(new EarlyExit(untilTheEnd, LateKeys.EXACT)));

      TokenIds before =
          PROMPT.plus(
              generation.tokens().stream().limit(6).mapToInt(Generation.Step::id).toArray());
      try (Run run = changed.run(before, Recording.nothing());
          Run plain = model.run(before, Recording.nothing())) {
        TensorScope.tidyRun(
            () -> {
              int id = generation.tokens().getLast().id();
              float expected = run.logits(-1).toFloats()[id];
              assertClose(
                  new float[] {generation.tokens().getLast().logit()},
                  new float[] {expected},
                  new Tolerance(1e-5, 1e-5));
              assertThat(plain.logits(-1).toFloats()[id]).isNotEqualTo(expected);
            });
      }
    }
  }

  @Test
  void aBeamSearchDoesNotLeaveEarly() {
    Decoding beams =
        new Decoding(3, new Decoding.Strategy.Beams(2), java.util.Set.of(), /* alternatives= */ 0);

    assertThatThrownBy(() -> beams.leaving(new EarlyExit(ExitRule.never(), LateKeys.EXACT)))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("got a beam search");
  }
}
