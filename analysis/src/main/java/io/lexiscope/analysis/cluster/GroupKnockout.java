package io.lexiscope.analysis.cluster;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Logits;
import io.lexiscope.model.Rows;
import io.lexiscope.model.RunBatch;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.tokenizer.TokenIds;
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
  /// Most positions that run together.
  private static final int TOGETHER = 512;

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
    List<Answer> answers = new ArrayList<>();
    for (Logits said : last(model, prompts)) {
      answers.add(new Answer(said.best(), said.logProbability(said.best())));
    }
    return new GroupKnockout(model, prompts, answers);
  }

  /// Switches neurons off.
  public Effect without(Collection<NeuronName> neurons) {
    List<Intervention> off = new ArrayList<>();
    for (NeuronName neuron : neurons) {
      off.add(Intervention.setNeuron(neuron.layer(), neuron.index(), /* coefficient= */ 0));
    }
    List<Logits> changed = last(model.with(new Interventions(off)), prompts);
    List<Double> others = new ArrayList<>();
    List<Double> nats = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      Answer answer = answers.get(i);
      others.add(changed.get(i).best() == answer.id() ? 0.0 : 1.0);
      nats.add(changed.get(i).logProbability(answer.id()) - answer.logProbability());
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

  /// What a model says after each prompt; prompts of one length run side by side.
  private static List<Logits> last(LanguageModel model, List<TokenIds> prompts) {
    Map<Integer, List<Integer>> byLength = new TreeMap<>();
    for (int i = 0; i < prompts.size(); i++) {
      byLength.computeIfAbsent(prompts.get(i).size(), length -> new ArrayList<>()).add(i);
    }
    Map<Integer, Logits> said = new TreeMap<>();
    byLength.forEach(
        (length, members) -> {
          int most = Math.max(1, TOGETHER / length);
          for (int from = 0; from < members.size(); from += most) {
            List<Integer> chosen = members.subList(from, Math.min(members.size(), from + most));
            Rows rows = Rows.of(chosen.stream().map(prompts::get).toList());
            try (RunBatch batch = model.run(rows, Recording.nothing())) {
              for (int row = 0; row < chosen.size(); row++) {
                said.put(chosen.get(row), batch.row(row).logits(-1));
              }
            }
          }
        });
    return List.copyOf(said.values());
  }
}
