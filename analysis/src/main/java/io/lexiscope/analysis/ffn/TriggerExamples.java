package io.lexiscope.analysis.ffn;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/// The prefixes of a corpus that excite a neuron most, in one pass over it.
///
/// Only the best seen so far are kept. Equal coefficients rank by the earlier sentence, then the
/// earlier position. Not thread-safe.
///
/// @see <a href="https://arxiv.org/abs/2012.14913">Geva et al. 2021, §3.1</a>, who take every
///   prefix; their code takes one per sentence
public final class TriggerExamples {
  /// What competes for a place.
  public enum Unit {
    /// Every prefix of every sentence.
    PREFIX,
    /// Of each sentence the prefix that excites most.
    SENTENCE
  }

  /// A prefix that excites a neuron.
  ///
  /// @param sentence number of the sentence in the order of reading, from 0
  /// @param tokens the whole sentence
  /// @param position last position of the prefix, from 0
  /// @param coefficient the neuron's coefficient there
  public record Trigger(int sentence, TokenIds tokens, int position, double coefficient) {}

  private static final Comparator<Trigger> BEST_FIRST =
      Comparator.comparingDouble((Trigger trigger) -> -trigger.coefficient())
          .thenComparingInt(Trigger::sentence)
          .thenComparingInt(Trigger::position);

  private final NeuronCards cards;
  private final NeuronName neuron;
  private final Unit unit;
  private final int count;
  private final PriorityQueue<Trigger> kept = new PriorityQueue<>(BEST_FIRST.reversed());
  private int sentences;

  /// An empty list.
  ///
  /// @param count how many to keep
  /// @throws FfnException if there is no such neuron, or the count is less than 1
  public TriggerExamples(LanguageModel model, NeuronName neuron, Unit unit, int count) {
    if (count < 1) {
      throw new FfnException("triggers: expected 1 or more examples, got " + count);
    }
    this.cards = NeuronCards.of(model);
    this.neuron = neuron.requireIn(model.architecture());
    this.unit = unit;
    this.count = count;
  }

  /// Looks at a sentence.
  ///
  /// @throws io.lexiscope.model.forward.ForwardException if it is empty or longer than the context
  public void add(TokenIds sentence) {
    double[] coefficients = cards.coefficients(neuron, sentence);
    int number = sentences++;
    var all =
        IntStream.range(0, coefficients.length)
            .mapToObj(at -> new Trigger(number, sentence, at, coefficients[at]));
    switch (unit) {
      case PREFIX -> all.forEach(this::offer);
      case SENTENCE -> all.min(BEST_FIRST).ifPresent(this::offer);
    }
  }

  private void offer(Trigger trigger) {
    kept.add(trigger);
    if (kept.size() > count) {
      kept.remove();
    }
  }

  /// How many sentences were looked at.
  public int sentences() {
    return sentences;
  }

  /// The prefixes kept, most exciting first.
  public List<Trigger> found() {
    return kept.stream().sorted(BEST_FIRST).toList();
  }

  /// What the coefficient at the end of a prefix becomes without one token of the sentence, as a
  /// share of what it was: −0.7 for a fall by 70 %. A token behind the prefix is not seen and
  /// changes nothing.
  ///
  /// @param removed position of the token in the sentence, from 0
  /// @return empty where nothing is left of the prefix, or there was no coefficient
  /// @throws FfnException if there is no such position
  /// @see <a href="https://arxiv.org/abs/2012.14913">Geva et al. 2021, §3.2</a>
  public OptionalDouble changeWithout(Trigger trigger, int removed) {
    TokenIds tokens = trigger.tokens();
    if (removed < 0 || removed >= tokens.size()) {
      throw new FfnException(
          "triggers: expected a position from 0 to %d to remove, got %d"
              .formatted(tokens.size() - 1, removed));
    }
    TokenIds rest = tokens.slice(0, removed).plus(tokens.slice(removed + 1, tokens.size()));
    int end = removed <= trigger.position() ? trigger.position() - 1 : trigger.position();
    if (end < 0 || trigger.coefficient() == 0) {
      return OptionalDouble.empty();
    }
    double left = cards.coefficients(neuron, rest)[end];
    return OptionalDouble.of((left - trigger.coefficient()) / trigger.coefficient());
  }
}
