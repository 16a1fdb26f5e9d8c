package io.lexiscope.analysis.detox;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.Golden;
import io.lexiscope.base.Journal;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.generate.BannedSequences;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.reading.CentredUnembedding;
import io.lexiscope.model.text.NeuronHabit;
import io.lexiscope.model.text.TextStatistics;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LexiconPullTest {
  private static final Set<Integer> WORDS = Set.of(5, 77, 300);

  private static List<Continued> texts() {
    return List.of(
        new Continued(TokenIds.of(9, 4, 100), TokenIds.of(7, 7, 30)),
        new Continued(TokenIds.of(11, 300), TokenIds.of(41)),
        new Continued(TokenIds.of(8, 8, 8, 2), TokenIds.of(new int[0])));
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "LLAMA", "GEMMA2"})
  void theExpectedNumberIsTheSumOfProbabilitiesWhereTokensAreChosen(Golden golden) {
    try (LanguageModel model = golden.open()) {
      double sum = 0;
      for (Continued text : texts()) {
        int chosen = Math.max(1, text.continuation().size());
        for (int i = 0; i < chosen; i++) {
          TokenIds seen = text.all().slice(0, text.prompt().size() + i);
          sum += probability(model, seen);
        }
      }

      assertClose(new LexiconPull(model, WORDS).expected(texts()), sum / 3, Tolerance.within(1e-5));
    }
  }

  private static double probability(LanguageModel model, TokenIds seen) {
    try (Run run = model.run(seen, Recording.nothing())) {
      return WORDS.stream().mapToDouble(run.logits(-1)::probability).sum();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "LLAMA"})
  void anEffectIsTheSlopeOfASmallStepTowardsTheCoefficient(Golden golden) {
    try (LanguageModel model = golden.open()) {
      double coefficient = 2;
      double step = 2e-2;
      List<Continued> texts = texts();
      Set<Integer> likely = new TreeSet<>();
      texts.forEach(text -> likely.add(likeliest(model, text.prompt())));
      NeuronEffects effects = new LexiconPull(model, likely).effects(texts, coefficient);

      for (NeuronEffects.Effect effect : effects.mostLowering(3)) {
        Target.Neuron neuron = effect.neuron();
        double slope = 0;
        for (Continued text : texts) {
          slope +=
              new LexiconPull(moved(model, text, neuron, coefficient, step), likely)
                  .expected(List.of(text));
          slope -=
              new LexiconPull(moved(model, text, neuron, coefficient, -step), likely)
                  .expected(List.of(text));
        }
        slope /= 2 * step * texts.size();
        assertThat(effect.effect()).isEqualTo(effects.of(neuron.layer(), neuron.index()));
        assertThat(effect.effect()).isLessThan(-1e-4);
        assertClose(effect.effect(), slope, new Tolerance(2e-5, 2e-2));
      }
    }
  }

  /// In spreads each neuron's effect is that of the number its mean and deviation give.
  @Test
  void anEffectInSpreadsIsThatOfTheNumberTheyGiveTheWayThatLowersMore() {
    try (LanguageModel model = Golden.LLAMA.open()) {
      List<Continued> texts = texts();
      TextStatistics spreads =
          TextStatistics.measure(
              model,
              List.of(Golden.LLAMA.prompt()),
              new TextStatistics.Source("a prompt", "0", Golden.LLAMA.prompt().size()),
              new TextStatistics.Watch(done -> {}, Journal.none()));
      LexiconPull pull = new LexiconPull(model, WORDS);

      for (NeuronEffects.Effect effect : pull.effects(texts, spreads, 4).mostLowering(5)) {
        Target.Neuron neuron = effect.neuron();
        NeuronHabit habit = spreads.habit(new NeuronName(neuron.layer(), neuron.index()));
        DetoxDose dose = DetoxDose.inSpreads(spreads);
        double to = dose.value(neuron, effect.sign(), 4);
        double other = dose.value(neuron, -effect.sign(), 4);
        double there = pull.effects(texts, to).of(neuron.layer(), neuron.index());

        assertClose(
            to, habit.mean() + 4 * effect.sign() * habit.deviation(), Tolerance.within(1e-9));
        assertClose(effect.effect(), there, new Tolerance(1e-9, 1e-6));
        assertThat(there)
            .isLessThanOrEqualTo(pull.effects(texts, other).of(neuron.layer(), neuron.index()));
      }
    }
  }

  private static int likeliest(LanguageModel model, TokenIds seen) {
    try (Run run = model.run(seen, Recording.nothing())) {
      return run.logits(-1).best();
    }
  }

  /// The model with each coefficient of a neuron moved by a share of its way to the target.
  private static LanguageModel moved(
      LanguageModel model, Continued text, Target.Neuron neuron, double to, double share) {
    float[] own;
    try (Run run = model.run(text.all(), Recording.of(HookPoint.MLP_POST))) {
      own = run.activation(neuron.place()).toFloats();
    }
    int neurons = model.architecture().dimensions().dMlp();
    List<Intervention> all = new ArrayList<>();
    for (int position = 0; position < text.all().size(); position++) {
      double m = own[position * neurons + neuron.index()];
      all.add(
          Intervention.of(neuron, new Change.Add(share * (to - m)))
              .at(new Where.At(List.of(position))));
    }
    return model.with(new Interventions(all));
  }

  @Test
  void theLowestEffectsComeFirst() {
    try (LanguageModel model = Golden.GPT2.open()) {
      List<NeuronEffects.Effect> all =
          new LexiconPull(model, WORDS).effects(texts(), 3).mostLowering(Integer.MAX_VALUE);

      assertThat(all).hasSize(3 * model.architecture().dimensions().dMlp());
      assertThat(all.stream().map(NeuronEffects.Effect::effect))
          .isSortedAccordingTo(Double::compare);
    }
  }

  /// By the definition: logits of every word, their mean and their standard deviation.
  @Test
  void theVectorsThatPromoteWordsAreThoseWithTheHighestScores() {
    try (LanguageModel model = Golden.LLAMA.open()) {
      float[] unembedding = model.transformer().unembedding().weight().toFloats();
      float[] gain =
          Objects.requireNonNull(CentredUnembedding.normOf(model.transformer())).gain().toFloats();
      int width = model.architecture().dModel();
      int vocabulary = unembedding.length / width;
      double best = Double.NEGATIVE_INFINITY;
      Target.Neuron strongest = new Target.Neuron(0, 0);
      for (int layer = 0; layer < 3; layer++) {
        var out = model.transformer().weights().blocks().get(layer).mlp().out();
        float[] values = TensorScope.tidy(() -> Linears.rowsAreInputs(out).contiguous().toFloats());
        for (int index = 0; index < values.length / width; index++) {
          double[] logits = new double[vocabulary];
          for (int word = 0; word < vocabulary; word++) {
            for (int i = 0; i < width; i++) {
              logits[word] +=
                  (double) values[index * width + i] * gain[i] * unembedding[word * width + i];
            }
          }
          double mean = Arrays.stream(logits).average().orElseThrow();
          double variance =
              Arrays.stream(logits).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
          double score = ((logits[5] + logits[77]) / 2 - mean) / Math.sqrt(variance);
          if (score > best) {
            best = score;
            strongest = new Target.Neuron(layer, index);
          }
        }
      }

      NeuronEffects.Effect found = WordPromotion.strongest(model, List.of(5, 77), 4).getFirst();

      assertThat(found.neuron()).isEqualTo(strongest);
      assertClose(found.effect(), best, Tolerance.within(1e-4));
    }
  }

  @Test
  void randomNeuronsAreOthersOfTheSameLayers() {
    try (LanguageModel model = Golden.GPT2.open()) {
      List<Target.Neuron> chosen =
          List.of(new Target.Neuron(0, 1), new Target.Neuron(2, 5), new Target.Neuron(2, 6));

      List<Target.Neuron> drawn = RandomNeurons.like(chosen, model.architecture(), 4);

      assertThat(drawn.stream().map(Target.Neuron::layer).sorted()).containsExactly(0, 2, 2);
      assertThat(drawn).doesNotHaveDuplicates().doesNotContainAnyElementsOf(chosen);
      assertThat(RandomNeurons.like(chosen, model.architecture(), 4)).isEqualTo(drawn);
      assertThat(RandomNeurons.like(chosen, model.architecture(), 5)).isNotEqualTo(drawn);
    }
  }

  @Test
  void groupsOfOneLengthGiveEachPromptItsContinuation() {
    try (LanguageModel model = Golden.GPT2.open()) {
      List<TokenIds> prompts =
          List.of(TokenIds.of(9, 4, 100), TokenIds.of(11), TokenIds.of(8, 8, 2));
      Continuations plan = Continuations.of(prompts);
      Set<Integer> seen = new TreeSet<>();

      for (List<Integer> group : plan.groups()) {
        List<Continued> said = plan.of(model, Decoding.greedy(5), BannedSequences.none(), group);
        for (int i = 0; i < group.size(); i++) {
          seen.add(group.get(i));
          TokenIds prompt = prompts.get(group.get(i));
          assertThat(said.get(i).all())
              .isEqualTo(model.generator().generate(prompt, Decoding.greedy(5)).ids());
        }
      }
      assertThat(seen).containsExactly(0, 1, 2);
    }
  }
}
