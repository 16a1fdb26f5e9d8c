package io.lexiscope.analysis.cluster;

import io.lexiscope.analysis.ffn.NeuronName;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// What becomes of a model's answers when neurons are switched off: their coefficients set to 0 at
/// every position.
///
/// @param model without the change
/// @param prompts each looked at after its last token
/// @param answers what the model says there, and its log-probability
public record GroupKnockout(LanguageModel model, List<TokenIds> prompts, List<Answer> answers) {
  /// Copies the lists.
  public GroupKnockout {
    prompts = List.copyOf(prompts);
    answers = List.copyOf(answers);
  }

  /// A likeliest word.
  ///
  /// @param id in the vocabulary
  /// @param logProbability nats
  public record Answer(int id, double logProbability) {}

  /// What switching off did.
  ///
  /// @param changed for each prompt 1 where the likeliest word is another, 0 where it is the same
  /// @param logProbability for each prompt the change of the answer's log-probability, nats
  public record Effect(List<Double> changed, List<Double> logProbability) {
    /// Copies the lists.
    public Effect {
      changed = List.copyOf(changed);
      logProbability = List.copyOf(logProbability);
    }
  }

  /// Asks the model.
  public static GroupKnockout of(LanguageModel model, List<TokenIds> prompts) {
    return new GroupKnockout(
        model,
        prompts,
        prompts.stream()
            .map(
                prompt -> {
                  VocabularyReading reading = read(model, prompt, List.of());
                  VocabularyReading.TokenLogit best = reading.top().getFirst();
                  return new Answer(best.id(), best.logit() - reading.logSumExp());
                })
            .toList());
  }

  /// Switches neurons off.
  public Effect without(Collection<NeuronName> neurons) {
    List<Intervention> off = new ArrayList<>();
    for (NeuronName neuron : neurons) {
      off.add(Intervention.setNeuron(neuron.layer(), neuron.index(), /* coefficient= */ 0));
    }
    LanguageModel changed = model.with(new Interventions(off));
    List<Double> others = new ArrayList<>();
    List<Double> nats = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      Answer answer = answers.get(i);
      VocabularyReading reading = read(changed, prompts.get(i), List.of(answer.id()));
      others.add(reading.top().getFirst().id() == answer.id() ? 0.0 : 1.0);
      double now = reading.targets().getFirst().logit() - reading.logSumExp();
      nats.add(now - answer.logProbability());
    }
    return new Effect(others, nats);
  }

  /// As many random neurons of each layer, none of them among these.
  public static List<NeuronName> matched(
      LanguageModel model, Collection<NeuronName> neurons, long seed) {
    RandomGenerator random = Seeded.CONGRUENTIAL.from(seed);
    int width = model.architecture().dimensions().dMlp();
    Map<Integer, Integer> wanted = new TreeMap<>();
    neurons.forEach(neuron -> wanted.merge(neuron.layer(), 1, Integer::sum));
    Map<Integer, Set<Integer>> taken = new HashMap<>();
    neurons.forEach(
        neuron ->
            taken.computeIfAbsent(neuron.layer(), none -> new HashSet<>()).add(neuron.index()));
    List<NeuronName> matched = new ArrayList<>();
    wanted.forEach(
        (layer, count) -> {
          Set<Integer> used = taken.getOrDefault(layer, new HashSet<>());
          int most = Math.min(count, width - used.size());
          for (int i = 0; i < most; i++) {
            int index = random.nextInt(width);
            while (!used.add(index)) {
              index = random.nextInt(width);
            }
            matched.add(new NeuronName(layer, index));
          }
        });
    return matched;
  }

  private static VocabularyReading read(
      LanguageModel model, TokenIds prompt, List<Integer> targets) {
    try (Run run = model.run(prompt, Recording.nothing())) {
      return TensorScope.tidy(
          () ->
              VocabularyReadout.read(
                      model
                          .transformer()
                          .beforeUnembedding(
                              run.last().select(0, 0).narrow(0, prompt.size() - 1L, 1)),
                      model.transformer().unembedding(),
                      new VocabularyReadout.Request(/* top= */ 1, /* bottom= */ 0, targets))
                  .getFirst());
    }
  }
}
