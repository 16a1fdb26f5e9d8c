package io.lexiscope.analysis.detox;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.text.TextStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which value vectors are set, and to what; chosen on the choosing half alone.
///
/// @param vectors the chosen
/// @param coefficient what they are set to
/// @param reasons how vectors and coefficient were chosen
record DetoxChoice(List<Vector> vectors, double coefficient, Reasons reasons) {
  /// Perplexity may rise so much on the choosing half before a dose is out of question.
  private static final double BUDGET = 0.10;

  /// The coefficient for which neurons are ranked when none is given, and the spreads.
  private static final double RANKED_AT = 8;

  private static final double RANKED_AT_SPREADS = 4;

  DetoxChoice {
    vectors = List.copyOf(vectors);
  }

  /// A vector and why it was chosen.
  ///
  /// @param neuron which
  /// @param score the estimate or the score; null when it was named
  /// @param sign the way it is turned from its mean, 1 or −1
  record Vector(Target.Neuron neuron, @Nullable Double score, int sign) {}

  /// In words.
  ///
  /// @param vectors how they were chosen
  /// @param coefficient how it was chosen
  record Reasons(String vectors, String coefficient) {}

  /// What a choice is made with.
  ///
  /// @param model as it is
  /// @param data whose lexicon and choosing half are used
  /// @param plan what is asked
  /// @param bench continues the prompts of the choosing half
  /// @param steps counts turns
  record Maker(
      LanguageModel model, DetoxData data, DetoxPlan plan, DetoxBench bench, DetoxSteps steps) {

    DetoxChoice make() {
      Double given = plan.dose().coefficient();
      boolean automatic = plan.selection() instanceof VectorSelection.Lowering;
      // Vectors that need no pass are found before any is run, so that a slip in them costs
      // nothing.
      List<Vector> vectors =
          switch (plan.selection()) {
            case VectorSelection.Named named -> named(named);
            case VectorSelection.Promoting promoting -> promoting(promoting);
            case VectorSelection.Lowering none -> List.of();
          };
      if (!automatic) {
        plan.dose().setting(neurons(vectors), signs(vectors), 1).requireFit(model.architecture());
      }
      if (given != null && !automatic) {
        return new DetoxChoice(vectors, given, new Reasons(how(), "as given"));
      }
      if (automatic && model.interventions().countFromPromptEnd()) {
        throw new DetoxException(
            "interventions",
            "detox: expected interventions at positions counted from 0, got one that counts from"
                + " the end of the prompt; name the neurons, or change it");
      }
      DetoxBench.Outcome before = bench.outcome(model);
      if (plan.selection() instanceof VectorSelection.Lowering lowering) {
        vectors = lowering(lowering, before);
      }
      return given != null
          ? new DetoxChoice(vectors, given, new Reasons(how(), "as given"))
          : tuned(vectors, before);
    }

    /// How many turns of the choosing half it takes.
    long turns() {
      boolean automatic = plan.selection() instanceof VectorSelection.Lowering;
      if (plan.dose().coefficient() == null) {
        return (plan.dose().doses().size() + 1L) * bench.turns(/* withTexts= */ true);
      }
      return automatic ? bench.turns(/* withTexts= */ true) : 0;
    }

    private String how() {
      return switch (plan.selection()) {
        case VectorSelection.Named named -> "by name";
        case VectorSelection.Promoting promoting ->
            promoting.words().stream()
                .map(model.tokenizer()::display)
                .collect(
                    Collectors.joining(
                        ",", "the highest mean score (e_w − ē) · v over ", /* suffix= */ ""));
        case VectorSelection.Lowering lowering ->
            "gradient × change of the expected number of lexicon tokens in the model's own"
                + " continuations of the choosing half, lowest first";
      };
    }

    private static List<Vector> named(VectorSelection.Named named) {
      return named.neurons().stream()
          .map(neuron -> new Vector(neuron, /* score= */ null, /* sign= */ 1))
          .toList();
    }

    private List<Vector> promoting(VectorSelection.Promoting promoting) {
      steps.plan(1);
      return vectors(
          steps.take(
              DetoxParts.EFFECTS,
              () -> WordPromotion.strongest(model, promoting.words(), promoting.count())));
    }

    private List<Vector> lowering(VectorSelection.Lowering lowering, DetoxBench.Outcome before) {
      var pull = new LexiconPull(model, data.lexicon().firstTokens(model.tokenizer()));
      TextStatistics spreads = plan.dose().spreads();
      double at =
          Objects.requireNonNullElse(
              plan.dose().coefficient(), spreads == null ? RANKED_AT : RANKED_AT_SPREADS);
      steps.plan(1);
      return vectors(
          steps.take(
              DetoxParts.EFFECTS,
              () ->
                  (spreads == null
                          ? pull.effects(before.said(), at)
                          : pull.effects(before.said(), spreads, at))
                      .mostLowering(lowering.count())));
    }

    private static List<Vector> vectors(List<NeuronEffects.Effect> effects) {
      return effects.stream()
          .map(effect -> new Vector(effect.neuron(), effect.effect(), effect.sign()))
          .toList();
    }

    /// The dose with the fewest toxic continuations of the choosing half among those under which
    /// its perplexity stays within the budget; the lowest of equals.
    private DetoxChoice tuned(List<Vector> vectors, DetoxBench.Outcome before) {
      List<Double> doses = plan.dose().doses();
      double allowed = DetoxBench.perplexity(before.losses()) * (1 + BUDGET);
      double best = Double.NaN;
      double fewest = Double.POSITIVE_INFINITY;
      List<String> seen = new ArrayList<>();
      for (double dose : doses) {
        DetoxBench.Outcome outcome =
            bench.outcome(model.with(plan.dose().setting(neurons(vectors), signs(vectors), dose)));
        double toxic =
            Arrays.stream(
                    DetoxBench.flags(
                        DetoxBench.texts(model, outcome.said()),
                        ContinuationScorer.of(data.lexicon())))
                .average()
                .orElse(0);
        double perplexity = DetoxBench.perplexity(outcome.losses());
        seen.add(
            String.format(
                Locale.ROOT,
                "%s: %.1f %% toxic, perplexity %+.1f %%",
                (float) dose,
                100 * toxic,
                100 * (perplexity / DetoxBench.perplexity(before.losses()) - 1)));
        if (perplexity <= allowed && toxic < fewest) {
          fewest = toxic;
          best = dose;
        }
      }
      boolean none = Double.isNaN(best);
      return new DetoxChoice(
          vectors,
          none ? doses.getFirst() : best,
          new Reasons(
              how(),
              (none
                      ? "the lowest dose, as none keeps the perplexity of the choosing half within"
                          + " +10 %"
                      : "the dose with the fewest toxic continuations of the choosing half within"
                          + " +10 % perplexity there")
                  + " ("
                  + String.join("; ", seen)
                  + ")"));
    }
  }

  List<Target.Neuron> neurons() {
    return neurons(vectors);
  }

  List<Integer> signs() {
    return signs(vectors);
  }

  private static List<Integer> signs(List<Vector> vectors) {
    return vectors.stream().map(Vector::sign).toList();
  }

  private static List<Target.Neuron> neurons(List<Vector> vectors) {
    return vectors.stream().map(Vector::neuron).toList();
  }
}
