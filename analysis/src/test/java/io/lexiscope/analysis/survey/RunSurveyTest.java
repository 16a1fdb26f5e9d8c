package io.lexiscope.analysis.survey;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.Reference;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Checks D1.8, D1.10 and D1.11 of the digest on the published studies.
class RunSurveyTest {
  private static List<TokenIds> prompts(int count) {
    Random random = new Random(7);
    return IntStream.range(0, count)
        .mapToObj(
            _ ->
                TokenIds.of(
                    IntStream.range(0, 4 + random.nextInt(6))
                        .map(_ -> random.nextInt(512))
                        .toArray()))
        .toList();
  }

  private static SurveyPlan plan() {
    return new SurveyPlan(20, 2, 4, new SurveyPlan.ActiveRule(100.0 / 4096, 0.85), 3);
  }

  @Test
  void aVectorSharesAllItsWordsWithItselfAndSharesAreSymmetricMultiples() {
    try (LanguageModel model = Golden.GPT2.open()) {
      TensorScope.tidyRun(
          () -> {
            WordSpread words = WordSpread.of(model);
            Random random = new Random(5);
            float[] numbers = new float[4 * model.architecture().dModel()];
            for (int i = 0; i < numbers.length; i++) {
              numbers[i] = (float) (10 * random.nextGaussian());
            }
            Tensor some = Tensors.of(numbers, Shape.of(4, model.architecture().dModel()));
            long[][] top = words.leading(some, 20);
            // Long vectors: the norm's epsilon and the scale do not show.
            long[][] scaled = words.leading(some.mul(3), 20);
            for (int i = 0; i < 4; i++) {
              assertThat(IntersectionScore.of(top[i], top[i])).isEqualTo(1.0);
              assertThat(IntersectionScore.of(top[i], scaled[i])).isEqualTo(1.0);
              for (int j = 0; j < 4; j++) {
                double shared = IntersectionScore.of(top[i], top[j]);
                assertThat(shared).isEqualTo(IntersectionScore.of(top[j], top[i]));
                assertThat(20 * shared).isEqualTo(Math.rint(20 * shared));
                assertThat(shared < 1).isEqualTo(i != j);
              }
            }
          });
    }
    assertThatThrownBy(() -> IntersectionScore.of(new long[] {1}, new long[] {1, 2}))
        .isInstanceOf(SurveyException.class)
        .hasMessageContaining("equally many words, got 1 and 2");
  }

  /// The scores of one prompt, by sorting all logits in plain doubles.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "GPT_NEOX", "LLAMA", "MISTRAL"})
  void overlapsAreThoseOfWholeSorts(Golden golden) {
    try (LanguageModel model = golden.open()) {
      TokenIds prompt = golden.prompt();
      SurveyReport report = RunSurvey.measure(model, List.of(prompt), plan(), Turn.immediately());
      try (Run run =
          model.run(
              prompt,
              Recording.of(HookPoint.RESULT, HookPoint.ATTN_OUT, HookPoint.RESID_POST).at(-1))) {
        for (OverlapLayer layer : report.overlap()) {
          double[] heads =
              Reference.doubles(
                  run.activation(HookPoint.RESULT.at(layer.layer()), prompt.size() - 1));
          int d = model.architecture().dModel();
          double[] attended =
              Reference.doubles(
                  run.activation(HookPoint.ATTN_OUT.at(layer.layer()), prompt.size() - 1));
          double[] after =
              Reference.doubles(
                  run.activation(HookPoint.RESID_POST.at(layer.layer()), prompt.size() - 1));
          List<double[]> each = new ArrayList<>();
          for (int from = 0; from < heads.length; from += d) {
            each.add(Arrays.copyOfRange(heads, from, from + d));
          }
          each.sort(Comparator.comparingDouble(v -> -squares(v)));
          double expected =
              (shared(model, each.get(0), attended) + shared(model, each.get(1), attended)) / 2;
          assertClose(layer.heads().value(), expected, Tolerance.within(1e-9));
          assertClose(
              layer.outputs().value(), shared(model, attended, after), Tolerance.within(1e-9));
          assertThat(layer.values().value()).isBetween(0.0, 1.0);
        }
      }
    }
  }

  private static double squares(double[] vector) {
    return Arrays.stream(vector).map(x -> x * x).sum();
  }

  private static double shared(LanguageModel model, double[] one, double[] other) {
    Set<Integer> both = new HashSet<>(best(model, one));
    both.retainAll(best(model, other));
    return both.size() / 20.0;
  }

  private static List<Integer> best(LanguageModel model, double[] vector) {
    float[] logits =
        TensorScope.tidy(
            () -> {
              float[] floats = new float[vector.length];
              for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) vector[i];
              }
              return WordSpread.of(model)
                  .probabilities(Tensors.of(floats, Shape.of(1, floats.length)))
                  .log()
                  .toFloats();
            });
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -logits[i]))
        .limit(20)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "GPT_NEOX", "LLAMA", "MISTRAL", "GPTJ"})
  void whatNormsMoveSumsToNothing(Golden golden) {
    try (LanguageModel model = golden.open()) {
      SurveyReport report = RunSurvey.measure(model, prompts(3), plan(), Turn.immediately());
      int each = golden == Golden.GPTJ ? 1 : 2;
      assertThat(report.norms()).hasSize(each * model.architecture().layers());
      for (NormFilter layer : report.norms()) {
        assertThat(layer.moved().words().value()).isBetween(0.0, 1.0);
        assertThat(layer.moved().random().n()).isEqualTo(3);
        assertThat(layer.gain().getFirst().change()).isPositive();
        assertThat(layer.lose().getFirst().change()).isNegative();
      }
      TensorScope.tidyRun(
          () -> {
            AffineNorm norm = NormSurvey.norm(model, 1, 1);
            float[] sums =
                NormSurvey.change(
                        WordSpread.of(model),
                        java.util.Objects.requireNonNull(norm),
                        Tensors.of(
                            ramp(3 * model.architecture().dModel()),
                            Shape.of(3, model.architecture().dModel())))
                    .sum(-1, /* keepAxis= */ false)
                    .toFloats();
            for (float sum : sums) {
              assertClose(sum, 0, Tolerance.within(1e-5));
            }
          });
    }
  }

  private static float[] ramp(int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) Math.sin(1.7 * i);
    }
    return numbers;
  }

  @Test
  void aNormThatDoesNothingMovesNothingOfLongCentredVectors() {
    try (LanguageModel model = Golden.GPT2.open()) {
      TensorScope.tidyRun(
          () -> {
            int d = model.architecture().dModel();
            AffineNorm nothing =
                new AffineNorm(
                    new Norm.LayerNorm(1e-5),
                    new NormWeights<>(Tensors.ones(Shape.of(d)), Tensors.zeros(Shape.of(d))));
            Tensor some = Tensors.of(ramp(2 * d), Shape.of(2, d)).mul(100);
            Tensor centred = some.sub(some.mean(-1, /* keepAxis= */ true));
            float[] change = NormSurvey.change(WordSpread.of(model), nothing, centred).toFloats();
            // The second norm's epsilon, 1e-5 of a variance of 1, shows in the logits.
            for (float one : change) {
              assertClose(one, 0, Tolerance.within(1e-5));
            }
          });
    }
  }

  /// A bias of +10 before the activation makes a neuron always active; without it, no neuron of the
  /// seeded model is.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "GPT_NEOX"})
  void aPlantedNeuronIsFoundAndNoOther(Golden golden) {
    try (LanguageModel model = golden.open()) {
      List<TokenIds> prompts = prompts(24);
      var planted =
          Interventions.of(Intervention.of(new Target.NeuronInput(1, 11), new Change.Add(10)));
      SurveyReport with =
          RunSurvey.measure(model.with(planted), prompts, plan(), Turn.immediately());

      assertThat(with.active())
          .anySatisfy(
              neuron -> {
                assertThat(neuron.layer()).isEqualTo(1);
                assertThat(neuron.neuron()).isEqualTo(11);
                assertThat(neuron.share().value()).isEqualTo(1.0);
                assertThat(neuron.vector().longer()).isBetween(0.0, 1.0);
                assertThat(neuron.vector().entropy()).isBetween(0.0, 9.0);
              });
      SurveyReport without = RunSurvey.measure(model, prompts, plan(), Turn.immediately());
      assertThat(without.active()).isEmpty();
      assertThat(without.neuronsByChance()).isLessThan(0.05);
    }
  }

  @Test
  void chanceIsTheTailOfTheBinomial() {
    assertClose(ActiveSurvey.atLeast(2, 3, 0.5), 0.5, Tolerance.within(1e-12));
    assertClose(ActiveSurvey.atLeast(0, 9, 0.1), 1, Tolerance.within(1e-12));
    assertClose(ActiveSurvey.atLeast(3, 3, 0.1), 1e-3, Tolerance.within(1e-12));
  }

  @Test
  void modelsWithNormsInsideTheStreamAndNoPromptsAreRefused() {
    try (LanguageModel model = Golden.GPT2.open()) {
      assertThatThrownBy(() -> RunSurvey.measure(model, List.of(), plan(), Turn.immediately()))
          .isInstanceOf(SurveyException.class)
          .hasMessageContaining("at least one prompt");
    }
    assertThatThrownBy(() -> new SurveyPlan(0, 1, 1, plan().rule(), 0))
        .isInstanceOf(SurveyException.class);
  }
}
