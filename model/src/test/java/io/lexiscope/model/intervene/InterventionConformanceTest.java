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
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.generate.Generation;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.StepRange;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Interventions do what they say, where they say it, with and without a cache.
class InterventionConformanceTest {
  private static final TokenIds PROMPT = GoldenModel.prompt(9);
  private static final Tolerance FLOAT = new Tolerance(5e-5, 5e-5);

  private static FloatVector wave(int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) Math.sin(i + 1);
    }
    return FloatVector.of(numbers);
  }

  private static float[] logits(LanguageModel model) {
    try (Run run = model.run(PROMPT, Recording.of(HookPoint.RESID_POST))) {
      return run.activation(HookPoint.RESID_POST.at(2)).toFloats();
    }
  }

  private static double[] at(LanguageModel model, HookName place) {
    try (Run run = model.run(PROMPT, Recording.of(List.of(place)))) {
      return doubles(run.activation(place));
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void aScaledNeuronIsScaledAndNoOther(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      HookName post = HookPoint.MLP_POST.at(1);
      int neurons = model.architecture().dimensions().dMlp();

      double[] before = at(model, post);
      double[] after = at(model.with(Interventions.of(Intervention.scaleNeuron(1, 5, -2.5))), post);

      for (int position = 0; position < PROMPT.size(); position++) {
        before[position * neurons + 5] *= -2.5;
      }
      assertClose(floats(after), floats(before), FLOAT);
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void anAblatedHeadAddsNothingAndTheOthersTheSame(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      HookName result = HookPoint.RESULT.at(1);
      Attention.Heads heads = model.architecture().block().attention().heads();
      int width = model.architecture().dModel();

      double[] before = at(model, result);
      double[] after = at(model.with(Interventions.of(Intervention.ablateHead(1, 3))), result);

      for (int position = 0; position < PROMPT.size(); position++) {
        int from = (position * heads.heads() + 3) * width;
        java.util.Arrays.fill(before, from, from + width, 0);
      }
      assertClose(floats(after), floats(before), FLOAT);
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void aVectorIsAddedAtThePositionsAskedForOnly(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      HookName place = HookPoint.RESID_POST.at(0);
      int width = model.architecture().dModel();
      Intervention add = Intervention.add(place, wave(width)).at(new Where.At(List.of(2, -1)));

      double[] before = at(model, place);
      double[] after = at(model.with(Interventions.of(add)), place);

      float[] vector = wave(width).toArray();
      for (int i = 0; i < width; i++) {
        before[2 * width + i] += vector[i];
        before[(PROMPT.size() - 1) * width + i] += vector[i];
      }
      assertClose(floats(after), floats(before), FLOAT);
    }
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void generationWithACacheEqualsRecomputingEveryStepWithout(GoldenModel golden) {
    try (LanguageModel base = golden.open()) {
      int width = base.architecture().dModel();
      LanguageModel model =
          base.with(
              Interventions.of(
                  Intervention.scaleNeuron(0, 7, 4),
                  Intervention.ablateHead(1, 0).at(new Where.At(List.of(-1, 1))),
                  Intervention.add(HookPoint.RESID_PRE.at(1), wave(width)).at(new Where.From(-2)),
                  Intervention.add(HookPoint.MLP_OUT.at(2), wave(width))
                      .at(new Where.At(List.of(3, PROMPT.size() + 2))),
                  Intervention.setNeuron(2, 1, 1.5).at(new Where.From(PROMPT.size() + 1)),
                  Intervention.setNeuron(1, 4, 6).at(new Where.Steps(new StepRange(2, 3))),
                  Intervention.setNeuron(1, 6, -4).at(new Where.Prompt()),
                  Intervention.of(
                          new Target.Place(HookPoint.RESID_POST.at(0)),
                          new Change.ScaleAlong(wave(width), -1))
                      .at(new Where.Generated()),
                  Intervention.of(new Target.NeuronInput(0, 3), new Change.Set(3))
                      .at(new Where.Steps(new StepRange(0, 0)))));

      Generation generation = model.generator().generate(PROMPT, Decoding.greedy(6));

      TokenIds sequence = PROMPT;
      for (Generation.Step step : generation.tokens()) {
        float[] logits = recomputed(model, sequence);
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
          best = logits[id] > logits[best] ? id : best;
        }
        assertThat(step.id()).isEqualTo(best);
        assertClose(step.logit(), logits[best], new Tolerance(2e-4, 5e-5));
        sequence = sequence.plus(step.id());
      }
      assertThat(generation.ids()).isEqualTo(sequence);
    }
  }

  private static float[] recomputed(LanguageModel model, TokenIds sequence) {
    return TensorScope.tidy(
        () -> {
          ActiveHooks hooks =
              new ActiveHooks(
                  Recording.nothing(), model.interventions().changes(/* past= */ 0, PROMPT.size()));
          var last = model.transformer().forward(TokenBatch.of(sequence), hooks, /* cache= */ null);
          return model.transformer().logits(last.narrow(1, sequence.size() - 1, 1)).toFloats();
        });
  }

  @Test
  void interventionsApplyInTheirOrder() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      HookName post = HookPoint.MLP_POST.at(0);
      Target neuron = new Target.Neuron(0, 2);
      Intervention set = Intervention.of(neuron, new Change.Set(3));
      Intervention add = Intervention.of(neuron, new Change.Add(1));
      Intervention twice = Intervention.of(neuron, new Change.Scale(2));

      double[] setAddScale = at(model.with(Interventions.of(set, add, twice)), post);
      double[] scaleAddSet = at(model.with(Interventions.of(twice, add, set)), post);

      assertClose(setAddScale[2], 8, Tolerance.exact());
      assertClose(scaleAddSet[2], 3, Tolerance.exact());
    }
  }

  @Test
  void aViewLeavesTheModelAndDisabledInterventionsLeaveEverythingAsItWas() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      float[] before = logits(model);
      Intervention ablate = Intervention.ablateHead(0, 0);
      Intervention off =
          new Intervention(
              "off", /* enabled= */ false, ablate.target(), ablate.where(), ablate.change());

      float[] changed = logits(model.with(Interventions.of(ablate)));

      assertThat(changed).isNotEqualTo(before);
      assertClose(logits(model), before, Tolerance.exact());
      assertClose(logits(model.with(Interventions.of(off))), before, Tolerance.exact());
    }
  }

  @Test
  void viewsOfViewsCarryAllInterventions() {
    try (LanguageModel model = GoldenModel.LLAMA.open()) {
      Intervention first = Intervention.ablateHead(0, 0);
      Intervention second = Intervention.scaleNeuron(1, 1, 3);

      float[] stepwise = logits(model.with(Interventions.of(first)).with(Interventions.of(second)));
      float[] together = logits(model.with(Interventions.of(first, second)));

      assertClose(stepwise, together, Tolerance.exact());
    }
  }

  @Test
  void whatDoesNotFitTheModelIsRefused() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      refused(model, Intervention.ablateHead(3, 0), "a layer from 0 to 2, got 3");
      refused(model, Intervention.ablateHead(0, 4), "a head from 0 to 3, got 4");
      refused(model, Intervention.scaleNeuron(0, 256, 0), "a neuron from 0 to 255, got 256");
      refused(model, Intervention.scaleNeuron(0, -1, 0), "a neuron from 0 to 255, got -1");
      refused(
          model,
          Intervention.add(HookPoint.RESID_PRE.at(0), wave(63)),
          "a vector of 64 numbers at blocks.0.hook_resid_pre, got 63");
    }
    try (LanguageModel model = GoldenModel.GPTJ.open()) {
      refused(
          model, Intervention.add(HookPoint.RESID_MID.at(0), wave(64)), "blocks.0.hook_resid_mid");
    }
    assertThatThrownBy(() -> new Where.At(List.of()))
        .isInstanceOf(InterventionException.class)
        .hasMessageContaining("at least one position");
  }

  private static void refused(LanguageModel model, Intervention intervention, String part) {
    assertThatThrownBy(() -> model.with(Interventions.of(intervention)))
        .isInstanceOf(InterventionException.class)
        .hasMessageStartingWith("intervention: expected")
        .hasMessageContaining(part);
  }

  @Test
  void aPositionBeyondThePromptIsReached() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      Intervention late =
          Intervention.add(HookPoint.RESID_POST.at(2), wave(64))
              .at(new Where.At(List.of(PROMPT.size() + 1)));

      List<Generation.Step> before =
          model.generator().generate(PROMPT, Decoding.greedy(4)).tokens();
      List<Generation.Step> after =
          model
              .with(Interventions.of(late))
              .generator()
              .generate(PROMPT, Decoding.greedy(4))
              .tokens();

      assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
      assertThat(after.get(2)).isNotEqualTo(before.get(2));
    }
  }
}
