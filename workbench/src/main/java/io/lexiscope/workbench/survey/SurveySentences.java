package io.lexiscope.workbench.survey;

import io.lexiscope.analysis.survey.ActiveNeuron;
import io.lexiscope.analysis.survey.NormFilter;
import io.lexiscope.analysis.survey.OverlapLayer;
import io.lexiscope.analysis.survey.SurveyPlan;
import io.lexiscope.analysis.survey.SurveyReport;
import io.lexiscope.analysis.survey.WordShift;
import io.lexiscope.base.Estimate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a survey comes to: one sentence for each of its tables.
///
/// @param overlap of words shared
/// @param norms of what norms do to words
/// @param active of neurons that are always active
public record SurveySentences(String overlap, String norms, String active) {
  static SurveySentences of(SurveyReport report, SurveyPlan plan) {
    return new SurveySentences(
        overlap(report.overlap(), plan), norms(report.norms()), active(report, plan));
  }

  private static String overlap(List<OverlapLayer> layers, SurveyPlan plan) {
    OverlapLayer most =
        layers.stream()
            .max(Comparator.comparingDouble(layer -> layer.heads().value()))
            .orElseThrow();
    return String.format(
        Locale.ROOT,
        "The longest heads of a layer share %s of their %d leading words with what attention writes, the others %s; most in layer %d, %s.",
        percent(mean(layers, OverlapLayer::heads)),
        plan.k(),
        percent(mean(layers, OverlapLayer::rest)),
        most.layer(),
        percent(most.heads().value()));
  }

  private static double mean(List<OverlapLayer> layers, Function<OverlapLayer, Estimate> which) {
    return layers.stream()
        .mapToDouble(layer -> which.apply(layer).value())
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private static String norms(List<NormFilter> layers) {
    if (layers.isEmpty()) {
      return "Blocks of this model read the stream without a norm.";
    }
    double moved =
        layers.stream().mapToDouble(layer -> layer.moved().words().value()).average().orElse(0);
    double random =
        layers.stream().mapToDouble(layer -> layer.moved().random().value()).average().orElse(0);
    return String.format(
        Locale.ROOT,
        "A norm moves %s of the probability of what it reads, %s of that of random vectors; over the layers %s lose most and %s gain most.",
        percent(moved),
        percent(random),
        most(layers, -1),
        most(layers, 1));
  }

  /// The three words that lose or gain most over all layers, of those that are listed.
  ///
  /// @param sign 1 for words that gain, −1 for those that lose
  private static String most(List<NormFilter> layers, int sign) {
    Map<String, Double> sums = new HashMap<>();
    for (NormFilter layer : layers) {
      for (List<WordShift> list : List.of(layer.gain(), layer.lose())) {
        list.forEach(word -> sums.merge(word.text().strip(), sign * word.change(), Double::sum));
      }
    }
    return sums.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(3)
        .map(word -> "“" + word.getKey() + "”")
        .collect(Collectors.joining(", "));
  }

  private static String active(SurveyReport report, SurveyPlan plan) {
    String rule =
        String.format(
            Locale.ROOT,
            "among the most active %.1f %% of their layer in at least %.0f %% of %d prompts",
            100 * plan.rule().top(),
            100 * plan.rule().prompts(),
            report.prompts());
    String chance = String.format(Locale.ROOT, "chance would give %.2g", report.neuronsByChance());
    if (report.active().isEmpty()) {
      return "No neuron is " + rule + "; " + chance + ".";
    }
    long layers = report.active().stream().map(ActiveNeuron::layer).distinct().count();
    double longer =
        report.active().stream().mapToDouble(one -> one.vector().longer()).average().orElse(0);
    double bits =
        report.active().stream()
            .mapToDouble(one -> one.vector().entropy() - one.vector().meanEntropy())
            .average()
            .orElse(0);
    return String.format(
        Locale.ROOT,
        "Neurons that are %3$s: %1$d in %2$d layers (%4$s); their value vectors are longer than %5$s of their layer's and their words %6$.2f bits %7$s than its mean.",
        report.active().size(),
        layers,
        rule,
        chance,
        percent(longer),
        Math.abs(bits),
        bits >= 0 ? "less decided" : "more decided");
  }

  private static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", 100 * share) : "n/a";
  }
}
