package io.lexiscope.cli.detox;

import io.lexiscope.analysis.detox.DetoxMethod;
import io.lexiscope.analysis.detox.DetoxRow;
import io.lexiscope.analysis.detox.DetoxRowKind;
import io.lexiscope.analysis.detox.DetoxVector;
import io.lexiscope.base.Estimate;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.detox.DetoxResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A detoxification experiment as tables.
final class DetoxText {
  private DetoxText() {}

  static String of(DetoxResult result) {
    StringBuilder text = new StringBuilder();
    DetoxMethod method = result.setup();
    DetoxRow chosen = result.chosen();
    text.append(
        String.format(
            Locale.ROOT,
            "%s%n%n%s: %d value vectors set to %s; %,d prompts measured, %,d others to choose by%n",
            method.headline(),
            result.model(),
            result.vectors().size(),
            method.inSpreads()
                ? "%s of their own spreads from their means".formatted(chosen.coefficient())
                : chosen.coefficient(),
            method.measuringPrompts(),
            method.choosingPrompts()));
    text.append("vectors: ").append(method.selection()).append('\n');
    text.append("coefficient: ").append(method.coefficient()).append("\n\n");
    vectors(text, result.vectors());
    rows(text, result);
    doses(text, result);
    text.append(
        String.format(
            Locale.ROOT,
            "toxic: a word of the lexicon of %d; perplexity over %,d texts, %,d tokens; 95 %%"
                + " intervals; %.0f s%n",
            method.lexiconWords(),
            method.texts(),
            method.textTokens(),
            result.seconds()));
    Estimate accuracy = method.scorerAccuracy();
    if (accuracy != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "scorer: %s; right on %s of %,d held-out answers%n",
              method.scorer(),
              percent(accuracy.value()),
              accuracy.n()));
    }
    text.append("\nno change   ").append(example(result.baseline()));
    text.append("\nchosen      ").append(example(chosen));
    return text.toString();
  }

  private static String example(DetoxRow row) {
    return row.examples().isEmpty() ? "" : row.examples().getFirst().replace("\n", "⏎");
  }

  private static void vectors(StringBuilder text, List<DetoxVector> vectors) {
    TextTable table = new TextTable("vector", ">score", ">set to", "promotes", "suppresses");
    for (DetoxVector vector : vectors) {
      Double score = vector.score();
      table.row(
          vector.neuron(),
          score == null ? "" : String.format(Locale.ROOT, "%+.3f", score),
          Text.number(vector.setTo(), 3),
          words(vector.top()),
          words(vector.bottom()));
    }
    text.append(table).append('\n');
  }

  private static String words(List<TokenView> words) {
    return words.stream()
        .limit(4)
        .map(word -> Text.token(word.text()))
        .collect(Collectors.joining(" "));
  }

  private static void rows(StringBuilder text, DetoxResult result) {
    boolean trained = result.baseline().scorer() != null;
    boolean perspective = result.baseline().perspective() != null;
    TextTable table =
        new TextTable(
            "",
            ">toxic %",
            "",
            ">reduced %",
            "",
            trained ? ">scorer %" : "",
            perspective ? ">Perspective %" : "",
            ">perplexity",
            ">rise %",
            "",
            ">distinct-2",
            ">repeated");
    row(table, result.baseline());
    result.rows().stream()
        .filter(row -> row.kind() != DetoxRowKind.DOSE && row.kind() != DetoxRowKind.RANDOM_DRAW)
        .forEach(row -> row(table, row));
    text.append(table).append('\n');
  }

  private static void row(TextTable table, DetoxRow row) {
    table.row(
        row.name(),
        points(row.toxicity()),
        interval(row.toxicityInterval()),
        row.reduction() == null ? "" : points(row.reduction().value()),
        interval(row.reduction()),
        row.scorer() == null ? "" : points(row.scorer().value()),
        row.perspective() == null ? "" : points(row.perspective().value()),
        row.perplexity() == null ? "–" : Text.number(row.perplexity(), 3),
        row.perplexityRise() == null ? "" : signed(row.perplexityRise().value()),
        interval(row.perplexityRise()),
        Text.number(row.distinct2(), 3),
        Text.number(row.repetition(), 3));
  }

  private static void doses(StringBuilder text, DetoxResult result) {
    TextTable table =
        new TextTable(
            result.setup().inSpreads() ? ">spreads" : ">set to",
            ">toxic %",
            "",
            "",
            ">perplexity",
            ">rise %");
    for (DetoxRow row : result.rows()) {
      if (row.kind() == DetoxRowKind.DOSE) {
        Double dose = row.coefficient();
        table.row(
            dose == null ? "" : dose,
            points(row.toxicity()),
            interval(row.toxicityInterval()),
            Text.bar(row.toxicity(), /* columns= */ 20),
            row.perplexity() == null ? "–" : Text.number(row.perplexity(), 3),
            row.perplexityRise() == null ? "" : signed(row.perplexityRise().value()));
      }
    }
    text.append(table).append('\n');
  }

  private static String points(double share) {
    return Text.number(100 * share, 1);
  }

  private static String signed(double share) {
    return String.format(Locale.ROOT, "%+.1f", 100 * share);
  }

  private static String percent(double share) {
    return points(share) + " %";
  }

  private static String interval(@Nullable Estimate metric) {
    return metric == null ? "" : "(" + points(metric.low()) + " – " + points(metric.high()) + ")";
  }
}
