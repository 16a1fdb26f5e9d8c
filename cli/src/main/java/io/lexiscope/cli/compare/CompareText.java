package io.lexiscope.cli.compare;

import io.lexiscope.analysis.compare.ComparedPosition;
import io.lexiscope.analysis.compare.TargetChange;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.compare.CompareResult;
import io.lexiscope.workbench.generate.Continuation;
import io.lexiscope.workbench.job.GeneratedToken;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A comparison as tables.
final class CompareText {
  private CompareText() {}

  static String of(CompareResult result, @Nullable String against, int columns) {
    StringBuilder text = new StringBuilder();
    List<InterventionSpec> inForce = result.header().provenance().interventions();
    text.append("in force: ")
        .append(
            inForce == null
                ? "nothing, all are switched off"
                : inForce.stream().map(CompareText::label).collect(Collectors.joining("; ")))
        .append("\n\n");
    if (result.positions().size() == 1) {
      words(text, result.positions().getFirst());
    } else {
      grid(text, result);
    }
    targets(text, result.positions(), against);
    Continuation before = result.before();
    Continuation after = result.after();
    if (before != null && after != null) {
      text.append("before  ").append(shown(before)).append('\n');
      text.append("after   ").append(shown(after)).append('\n');
      text.append(
          String.format(
              Locale.ROOT,
              "the first %s of %d tokens are the same%n",
              result.sameTokens(),
              after.generated().size()));
    }
    return text.toString();
  }

  /// One intervention in a few words.
  static String label(InterventionSpec spec) {
    String what =
        spec.neurons() != null
            ? several(spec.neurons())
            : spec.heads() != null ? several(spec.heads()) : String.valueOf(spec.at());
    String part =
        (spec.neuron() == null ? "" : " neuron " + spec.neuron())
            + (spec.head() == null ? "" : " head " + spec.head());
    String change =
        spec.kind().name().toLowerCase(Locale.ROOT)
            + (spec.direction() == null ? "" : " along a direction")
            + (spec.value() == null ? "" : " " + spec.value());
    return (spec.name() == null ? "" : spec.name() + ": ") + change + " at " + what + part;
  }

  private static String several(List<String> names) {
    return names.size() <= 4
        ? String.join(" ", names)
        : String.join(" ", names.subList(0, 3)) + " and " + (names.size() - 3) + " more";
  }

  private static void words(StringBuilder text, ComparedPosition position) {
    if (!Double.isFinite(position.klNats())) {
      text.append(
          "next word after position %d: not finite, no words to compare%n%n"
              .formatted(position.position()));
      return;
    }
    text.append(
        String.format(
            Locale.ROOT,
            "next word after position %d “%s”: KL %.4g nats, reverse %.4g, total variation %.3f%n%n",
            position.position(),
            Text.token(position.token().text()),
            position.klNats(),
            position.reverseKlNats(),
            position.totalVariation()));
    TextTable table = new TextTable("before", ">p", "after", ">p");
    for (int i = 0; i < Math.min(position.before().size(), position.after().size()); i++) {
      TokenReading before = position.before().get(i);
      TokenReading after = position.after().get(i);
      table.row(
          Text.token(before.text()),
          Text.probability(before.probability()),
          Text.token(after.text()),
          Text.probability(after.probability()));
    }
    text.append(table).append('\n');
  }

  private static void grid(StringBuilder text, CompareResult result) {
    TextTable table =
        new TextTable(">position", "token", "before", ">p", "after", ">p", ">KL nats", "");
    for (ComparedPosition position : result.positions()) {
      if (position.before().isEmpty()) {
        continue;
      }
      TokenReading before = position.before().getFirst();
      TokenReading after = position.after().getFirst();
      table.row(
          position.position(),
          Text.token(position.token().text()),
          Text.token(before.text()),
          Text.probability(before.probability()),
          Text.token(after.text()),
          Text.probability(after.probability()),
          Double.isFinite(position.klNats())
              ? String.format(Locale.ROOT, "%.4g", position.klNats())
              : "",
          !Double.isFinite(position.klNats())
              ? "not finite"
              : before.id() == after.id() ? "" : "changed");
    }
    text.append(table).append('\n');
  }

  private static void targets(
      StringBuilder text, List<ComparedPosition> positions, @Nullable String against) {
    String odds = ">Δ log-odds" + (against == null ? "" : " to " + Text.token(against));
    TextTable table =
        new TextTable(">position", "word", ">p before", ">p after", ">rank", "", ">Δ log p", odds);
    for (ComparedPosition position : positions) {
      for (TargetChange change :
          Double.isFinite(position.klNats()) ? position.targets() : List.<TargetChange>of()) {
        Double toOther = change.logOddsAgainstChange();
        table.row(
            position.position(),
            Text.token(change.before().text()),
            Text.probability(change.before().probability()),
            Text.probability(change.after().probability()),
            Text.count(change.before().rank()),
            "→ " + Text.count(change.after().rank()),
            String.format(Locale.ROOT, "%+.3f", change.logProbabilityChange()),
            String.format(
                Locale.ROOT, "%+.3f", toOther == null ? change.logOddsChange() : toOther));
      }
    }
    text.append(table).append('\n');
  }

  private static String shown(Continuation continuation) {
    String text =
        continuation.text().isEmpty()
            ? continuation.generated().stream()
                .map(GeneratedToken::text)
                .collect(Collectors.joining())
            : continuation.text();
    return text.replace("\n", "⏎");
  }
}
