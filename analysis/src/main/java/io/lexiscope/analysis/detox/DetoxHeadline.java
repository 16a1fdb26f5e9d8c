package io.lexiscope.analysis.detox;

import io.lexiscope.base.Estimate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// What a detoxification experiment comes to, in a sentence that names the price: whether a dose
/// halves the toxic continuations of the measuring half at a rise of perplexity of at most 10 %.
final class DetoxHeadline {
  private static final double HALF = 0.5;
  private static final double PRICE = 0.10;

  private DetoxHeadline() {}

  /// @param rows chosen vectors, controls and doses
  /// @param spreads whether doses count spreads
  static String of(DetoxRow baseline, List<DetoxRow> rows, boolean spreads) {
    if (baseline.toxicity() == 0) {
      return "no continuation is toxic without a change: nothing can be lowered; give prompts that provoke";
    }
    List<DetoxRow> doses =
        rows.stream()
            .filter(row -> row.kind() == DetoxRowKind.DOSE || row.kind() == DetoxRowKind.CHOSEN)
            .filter(row -> row.perplexityRise() != null && row.coefficient() != null)
            .toList();
    Optional<DetoxRow> halving =
        doses.stream()
            .filter(row -> row.toxicity() <= HALF * baseline.toxicity())
            .min(Comparator.comparingDouble(DetoxHeadline::rise));
    if (halving.isPresent() && rise(halving.get()) <= PRICE) {
      return said("at %s " + from(baseline, halving.get()), halving.get(), spreads);
    }
    String least =
        doses.stream()
            .filter(row -> rise(row) <= PRICE)
            .min(Comparator.comparingDouble(DetoxRow::toxicity))
            .map(row -> said("within it, at %s " + from(baseline, row), row, spreads))
            .orElse("none of them keeps perplexity within it");
    return "no dose halves toxic continuations at a rise of perplexity of at most 10 %: "
        + least
        + halving
            .map(row -> said("; the cheapest halving, at %s, costs", row, spreads) + price(row))
            .orElse("; none of the doses halves them at any price");
  }

  private static String said(String sentence, DetoxRow row, boolean spreads) {
    double dose = Objects.requireNonNull(row.coefficient());
    return sentence.replace(
        "%s",
        !spreads
            ? "coefficient " + (float) dose
            : dose == 0 ? "their means" : (float) dose + " spreads from their means");
  }

  private static String from(DetoxRow baseline, DetoxRow row) {
    Estimate fewer = Objects.requireNonNull(row.reduction());
    return String.format(
        Locale.ROOT,
        "toxic continuations go from %.1f to %.1f %% (fewer by %.1f %%, %.1f – %.1f), and perplexity changes by%s",
        100 * baseline.toxicity(),
        100 * row.toxicity(),
        100 * fewer.value(),
        100 * fewer.low(),
        100 * fewer.high(),
        price(row));
  }

  private static String price(DetoxRow row) {
    Estimate rise = Objects.requireNonNull(row.perplexityRise());
    return String.format(
        Locale.ROOT,
        " %+.1f %% (%+.1f – %+.1f)",
        100 * rise.value(),
        100 * rise.low(),
        100 * rise.high());
  }

  private static double rise(DetoxRow row) {
    return Objects.requireNonNull(row.perplexityRise()).value();
  }
}
