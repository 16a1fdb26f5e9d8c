package io.lexiscope.workbench.detox;

import io.lexiscope.analysis.detox.ContinuationScorer;
import io.lexiscope.analysis.detox.Continued;
import io.lexiscope.analysis.detox.LexiconPull;
import io.lexiscope.analysis.detox.NeuronEffects;
import io.lexiscope.analysis.detox.WordPromotion;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.workbench.ask.InterventionKind;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.InterventionUnits;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which value vectors are set, and to what; chosen on the choosing half alone.
///
/// @param vectors the chosen
/// @param coefficient what they are set to
/// @param units what the coefficient means
/// @param doses of the dose-response curve, rising
/// @param reasons how vectors and coefficient were chosen
record DetoxChoice(
    List<Vector> vectors,
    double coefficient,
    InterventionUnits units,
    List<Double> doses,
    Reasons reasons) {
  private static final int STANDARD_COUNT = 10;
  private static final List<Double> STANDARD_DOSES = List.of(2.0, 4.0, 6.0, 8.0, 12.0, 16.0);

  /// Perplexity may rise so much on the choosing half before a dose is out of question.
  private static final double BUDGET = 0.05;

  /// The coefficient for which neurons are ranked when none is given.
  private static final double RANKED_AT = 8;

  DetoxChoice {
    vectors = List.copyOf(vectors);
    doses = List.copyOf(doses);
  }

  /// A vector and why it was chosen.
  ///
  /// @param neuron which
  /// @param score the estimate or the raw score; null when it was named
  record Vector(Target.Neuron neuron, @Nullable Double score) {
    String name() {
      return DetoxChoice.name(neuron);
    }
  }

  /// In words.
  ///
  /// @param vectors how they were chosen
  /// @param coefficient how it was chosen
  record Reasons(String vectors, String coefficient) {}

  String how() {
    return reasons.vectors();
  }

  String whyCoefficient() {
    return reasons.coefficient();
  }

  List<String> names() {
    return names(vectors);
  }

  private static List<String> names(List<Vector> vectors) {
    return vectors.stream().map(Vector::name).toList();
  }

  static String name(Target.Neuron neuron) {
    return new NeuronName(neuron.layer(), neuron.index()).toString();
  }

  /// The change, as it is written into files and requests.
  InterventionSpec spec(double number, List<String> names) {
    return spec(number, names, units);
  }

  private static InterventionSpec spec(double number, List<String> names, InterventionUnits units) {
    return InterventionSpec.of(InterventionKind.SET)
        .name("detox")
        .neurons(names)
        .units(units)
        .value(number)
        .build();
  }

  /// Chooses.
  ///
  /// @param choosing continues the prompts of the choosing half
  /// @param measuring only says how many turns there will be
  static DetoxChoice make(
      LanguageModel model,
      DetoxSelection asked,
      DetoxSetup setup,
      DetoxBench choosing,
      DetoxBench measuring,
      int draws,
      DetoxBench.Steps steps) {
    List<Double> doses = doses(asked);
    if (asked.neurons() != null && asked.words() != null) {
      throw WorkbenchException.invalid(
          "neurons", "detox: expected neurons or words, got both; leave one out");
    }
    Double coefficient = asked.coefficient();
    if (coefficient != null && !Double.isFinite(coefficient)) {
      throw WorkbenchException.invalid(
          "coefficient", "detox: expected a finite coefficient, got " + coefficient);
    }
    InterventionUnits units =
        asked.units() == null ? InterventionUnits.POST_ACTIVATION : asked.units();
    boolean tuned = coefficient == null;
    boolean automatic = asked.neurons() == null && asked.words() == null;
    steps.plan(
        (tuned ? (doses.size() + 1) * choosing.turns(true) : automatic ? choosing.turns(true) : 0)
            + (2L + draws + doses.size()) * measuring.turns(true)
            + measuring.turns(false));
    int count = count(asked);
    List<Vector> given =
        asked.neurons() != null
            ? named(asked.neurons())
            : asked.words() != null ? promoting(model, asked.words(), count, steps) : List.of();
    if (!given.isEmpty()) {
      // A slip is found before any work is done.
      InterventionSpecs.of(model, List.of(spec(1, names(given), units)));
    }
    DetoxBench.Outcome before = tuned || automatic ? choosing.outcome(model) : null;
    List<Vector> vectors = automatic ? lowering(model, setup, before, asked, steps) : given;
    String how =
        asked.neurons() != null
            ? "by name"
            : asked.words() != null
                ? "the highest mean raw score e_w · v over " + String.join(",", asked.words())
                : "gradient × change of the expected number of lexicon tokens in the model's own"
                    + " continuations of the choosing half, lowest first";
    var chosen =
        new DetoxChoice(
            vectors,
            coefficient == null ? Double.NaN : coefficient,
            units,
            doses,
            new Reasons(how, "as given"));
    return tuned && before != null ? chosen.tuned(model, setup, choosing, before) : chosen;
  }

  private static List<Double> doses(DetoxSelection asked) {
    List<Double> doses = asked.doses() == null ? STANDARD_DOSES : asked.doses();
    if (asked.coefficient() == null && doses.isEmpty()) {
      throw WorkbenchException.invalid(
          "doses", "detox: expected a coefficient or doses to choose it from, got neither");
    }
    for (Double dose : doses) {
      if (!Double.isFinite(dose)) {
        throw WorkbenchException.invalid("doses", "detox: expected finite doses, got " + dose);
      }
    }
    return doses.stream().distinct().sorted().toList();
  }

  private static int count(DetoxSelection asked) {
    int count = asked.count() == null ? STANDARD_COUNT : asked.count();
    if (count < 1) {
      throw WorkbenchException.invalid(
          "count", "detox: expected 1 or more vectors in count, got " + count);
    }
    return count;
  }

  private static List<Vector> named(List<String> names) {
    List<Vector> vectors =
        names.stream()
            .map(InterventionSpecs::neuron)
            .distinct()
            .map(neuron -> new Vector(neuron, /* score= */ null))
            .toList();
    if (vectors.isEmpty()) {
      throw WorkbenchException.invalid(
          "neurons", "detox: expected at least one neuron, got none; leave neurons out");
    }
    return vectors;
  }

  private static List<Vector> promoting(
      LanguageModel model, List<String> words, int count, DetoxBench.Steps steps) {
    if (words.isEmpty()) {
      throw WorkbenchException.invalid(
          "words", "detox: expected at least one word, got none; leave words out");
    }
    List<Integer> ids =
        words.stream().map(word -> Prompts.token("detox", model, "words", word)).toList();
    steps.plan(1);
    return steps.take(() -> WordPromotion.strongest(model, ids, count)).stream()
        .map(effect -> new Vector(effect.neuron(), effect.effect()))
        .toList();
  }

  private static List<Vector> lowering(
      LanguageModel model,
      DetoxSetup setup,
      DetoxBench.@Nullable Outcome before,
      DetoxSelection asked,
      DetoxBench.Steps steps) {
    if (model.interventions().countFromPromptEnd()) {
      throw WorkbenchException.invalid(
          "interventions",
          "detox: expected interventions at positions counted from 0, got one that counts from the"
              + " end of the prompt; name the neurons, or change it");
    }
    List<Continued> said = before == null ? List.of() : before.said();
    var pull = new LexiconPull(model, setup.lexicon().firstTokens(model.tokenizer()));
    double at = asked.coefficient() == null ? RANKED_AT : asked.coefficient();
    steps.plan(1);
    NeuronEffects effects = steps.take(() -> pull.effects(said, at));
    return effects.mostLowering(count(asked)).stream()
        .map(effect -> new Vector(effect.neuron(), effect.effect()))
        .toList();
  }

  /// The dose with the fewest toxic continuations of the choosing half among those under which its
  /// perplexity stays within the budget; the lowest of equals.
  private DetoxChoice tuned(
      LanguageModel model, DetoxSetup setup, DetoxBench choosing, DetoxBench.Outcome before) {
    double allowed = DetoxBench.perplexity(before.losses()) * (1 + BUDGET);
    double best = Double.NaN;
    double fewest = Double.POSITIVE_INFINITY;
    List<String> seen = new ArrayList<>();
    for (double dose : doses) {
      var model2 = model.with(InterventionSpecs.of(model, List.of(spec(dose, names()))));
      DetoxBench.Outcome outcome = choosing.outcome(model2);
      double toxic =
          Arrays.stream(
                  DetoxBench.flags(
                      DetoxBench.texts(model, outcome.said()),
                      ContinuationScorer.of(setup.lexicon())))
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
    double found = Double.isNaN(best) ? doses.getFirst() : best;
    return new DetoxChoice(
        vectors,
        found,
        units,
        doses,
        new Reasons(
            reasons.vectors(),
            (Double.isNaN(best)
                    ? "the lowest dose, as none keeps the perplexity of the choosing half within +5"
                        + " %"
                    : "the dose with the fewest toxic continuations of the choosing half within +5"
                        + " % perplexity there")
                + " ("
                + String.join("; ", seen)
                + ")"));
  }
}
