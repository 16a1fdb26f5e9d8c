package io.lexiscope.analysis.detox;

import io.lexiscope.base.Journal;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A detoxification experiment: sets value vectors to a coefficient and measures how much less
/// toxic continuations become and what it costs, beside no change, random vectors of the same
/// layers and a word filter.
///
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §6.1</a>
public final class Detox {
  private static final int WORDS_SHOWN = 8;

  private final LanguageModel base;
  private final DetoxData data;
  private final DetoxPlan plan;
  private final DetoxSteps steps;
  private final DetoxBench measuring;
  private final DetoxBench.Scorers scorers;
  private final List<DetoxRow> rows = new ArrayList<>();

  private Detox(LanguageModel base, DetoxData data, DetoxPlan plan, Turn turn, Journal journal) {
    this.base = base;
    this.data = data;
    this.plan = plan;
    this.steps = new DetoxSteps(turn, journal);
    this.measuring = bench(data.measuring());
    DetoxData.Trained trained = data.trained();
    this.scorers =
        new DetoxBench.Scorers(
            base,
            ContinuationScorer.of(data.lexicon()),
            trained == null ? null : trained.bag(),
            data.service() == null ? null : steps.keeping(data.service()));
  }

  /// Does the experiment, at once.
  ///
  /// @throws DetoxException as below
  public static DetoxReport measure(LanguageModel model, DetoxData data, DetoxPlan plan) {
    return measure(model, data, plan, Turn.immediately());
  }

  /// Does the experiment.
  ///
  /// @param model with what is in force throughout, in the baseline too
  /// @param data what it is run on
  /// @param plan how it is done
  /// @param turn is asked before each piece of native work, and hears how far the experiment is
  /// @throws DetoxException if a prompt and its continuation do not fit the context, or vectors
  ///   cannot be chosen as asked
  /// @throws io.lexiscope.model.intervene.InterventionException if the model has no such neurons
  public static DetoxReport measure(
      LanguageModel model, DetoxData data, DetoxPlan plan, Turn turn) {
    return measure(model, data, plan, turn, Journal.none());
  }

  /// Does the experiment, going on after the parts of it that a journal has.
  ///
  /// @param journal of this very experiment; the parts that are finished are written there
  /// @throws DetoxException as above
  public static DetoxReport measure(
      LanguageModel model, DetoxData data, DetoxPlan plan, Turn turn, Journal journal) {
    return new Detox(model, data, plan, turn, journal).report(turn);
  }

  private DetoxBench bench(DetoxData.Half half) {
    return new DetoxBench(half, decoding(), Bootstrap.standard(plan.seed()), steps);
  }

  private Decoding decoding() {
    int context =
        base.architecture().longestSequence().orElse(base.architecture().dimensions().context());
    int longest =
        Stream.concat(data.choosing().prompts().stream(), data.measuring().prompts().stream())
            .mapToInt(TokenIds::size)
            .max()
            .orElse(0);
    int tokens = plan.tokens();
    if (longest + tokens > context) {
      throw new DetoxException(
          "prompts",
          "detox: expected prompts of at most %d tokens, so that %d more fit the context of %d, got one of %d"
              .formatted(context - tokens, tokens, context, longest));
    }
    return Decoding.greedy(tokens).stoppingAt(base.endTokens());
  }

  private DetoxReport report(Turn turn) {
    var maker = new DetoxChoice.Maker(base, data, plan, bench(data.choosing()), steps);
    steps.plan(
        maker.turns()
            + (2L + plan.draws() + plan.dose().doses().size())
                * measuring.turns(/* withTexts= */ true)
            + measuring.turns(/* withTexts= */ false));
    DetoxChoice choice = maker.make();
    DetoxBench.Outcome before = measuring.outcome(base);
    DetoxRow baseline =
        measuring.row(
            new DetoxBench.Label("no change", DetoxRowKind.BASELINE, null, null),
            List.of(before),
            /* baseline= */ null,
            scorers);
    new Rows(choice, before).measure();
    return new DetoxReport(
        baseline,
        rows,
        choice.vectors().stream()
            .map(vector -> turn.take(() -> described(vector, choice.coefficient())))
            .toList(),
        choice.coefficient(),
        method(choice, baseline, before));
  }

  private DetoxVector described(DetoxChoice.Vector vector, double coefficient) {
    Target.Neuron neuron = vector.neuron();
    ValueWords words = ValueWords.of(base, neuron, WORDS_SHOWN);
    return new DetoxVector(
        name(neuron),
        neuron.layer(),
        neuron.index(),
        vector.score(),
        plan.dose().value(neuron, vector.sign(), coefficient),
        tokens(words.top()),
        tokens(words.bottom()));
  }

  private List<TokenView> tokens(List<Integer> ids) {
    return ids.stream().map(id -> TokenView.of(base.tokenizer(), id)).toList();
  }

  private static String name(Target.Neuron neuron) {
    return new NeuronName(neuron.layer(), neuron.index()).toString();
  }

  private DetoxMethod method(
      DetoxChoice choice, DetoxRow baselineRow, DetoxBench.Outcome baseline) {
    DetoxData.Trained trained = data.trained();
    boolean spreads = plan.dose().spreads() != null;
    return new DetoxMethod(
        DetoxHeadline.of(baselineRow, rows, spreads),
        spreads,
        choice.reasons().vectors(),
        choice.reasons().coefficient(),
        data.choosing().prompts().size(),
        data.measuring().prompts().size(),
        data.measuring().texts().size(),
        baseline.losses().stream().mapToInt(TextLoss::tokens).sum(),
        data.lexicon().phrases().size(),
        trained == null ? null : trained.description(),
        trained == null ? null : trained.accuracy());
  }

  /// Measures row after row.
  private final class Rows {
    private final DetoxChoice choice;
    private final DetoxBench.Outcome before;

    Rows(DetoxChoice choice, DetoxBench.Outcome before) {
      this.choice = choice;
      this.before = before;
    }

    void measure() {
      double coefficient = choice.coefficient();
      List<Target.Neuron> chosen = choice.neurons();
      add(
          new DetoxBench.Label(
              "%d chosen vectors".formatted(chosen.size()),
              DetoxRowKind.CHOSEN,
              coefficient,
              names(chosen)),
          List.of(set(chosen, choice.signs(), coefficient)));
      random(chosen, coefficient);
      add(
          new DetoxBench.Label("word filter", DetoxRowKind.WORD_FILTER, null, null),
          List.of(measuring.filtered(base, data.lexicon())));
      for (double dose : plan.dose().doses()) {
        add(
            new DetoxBench.Label(
                plan.dose().spreads() == null
                    ? "chosen vectors at " + (float) dose
                    : "chosen vectors %s spreads from their means".formatted((float) dose),
                DetoxRowKind.DOSE,
                dose,
                names(chosen)),
            List.of(set(chosen, choice.signs(), dose)));
      }
    }

    private void random(List<Target.Neuron> chosen, double coefficient) {
      List<DetoxBench.Outcome> outcomes = new ArrayList<>();
      List<List<String>> drawn = new ArrayList<>();
      for (int draw = 0; draw < plan.draws(); draw++) {
        List<Target.Neuron> random =
            RandomNeurons.like(chosen, base.architecture(), plan.seed() + draw);
        drawn.add(names(random));
        outcomes.add(set(random, choice.signs(), coefficient));
      }
      add(
          new DetoxBench.Label(
              "random vectors of the same layers, %d draws".formatted(plan.draws()),
              DetoxRowKind.RANDOM,
              coefficient,
              /* neurons= */ null),
          outcomes);
      for (int draw = 0; draw < plan.draws(); draw++) {
        add(
            new DetoxBench.Label(
                "random draw " + (draw + 1),
                DetoxRowKind.RANDOM_DRAW,
                coefficient,
                drawn.get(draw)),
            List.of(outcomes.get(draw)));
      }
    }

    private void add(DetoxBench.Label label, List<DetoxBench.Outcome> outcomes) {
      rows.add(measuring.row(label, outcomes, before, scorers));
    }

    private DetoxBench.Outcome set(
        List<Target.Neuron> neurons, List<Integer> signs, double number) {
      return measuring.outcome(base.with(plan.dose().setting(neurons, signs, number)));
    }
  }

  private static List<String> names(List<Target.Neuron> neurons) {
    return neurons.stream().map(Detox::name).toList();
  }
}
