package io.lexiscope.cli.exit;

import io.lexiscope.analysis.exit.ExitGeneration;
import io.lexiscope.analysis.exit.ExitRow;
import io.lexiscope.analysis.exit.ExitSetup;
import io.lexiscope.base.Estimate;
import io.lexiscope.cli.terminal.LateKeysConverter;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.workbench.exit.ExitResult;
import io.lexiscope.workbench.generate.EarlyExitReport;
import io.lexiscope.workbench.generate.GenerateResult;
import io.lexiscope.workbench.job.GeneratedToken;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Early exit as text.
public final class ExitText {
  private ExitText() {}

  public static String of(ExitResult result) {
    ExitSetup setup = result.setup();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d layers; learned from %,d beginnings of sentences (%s), tested on %,d others in"
                + " %d splits%n%d clusters of value vectors; thresholds tuned to %.1f %% agreement at"
                + " the lower end of its interval, on %s;"
                + " reading the words of a layer costs %.1f layers%n%n",
            result.model(),
            setup.layers(),
            setup.examples(),
            setup.corpus(),
            setup.tests(),
            setup.splits(),
            setup.clusters(),
            100 * setup.agreement(),
            setup.calibration() == 0
                ? "a part of those learned from"
                : "%,d others".formatted(setup.calibration()),
            setup.readingCost()));
    TextTable table =
        new TextTable(
            "rule",
            ">agreement %",
            ">± std",
            ">95 % interval",
            ">saved layers",
            ">± std",
            ">saved %",
            ">of the right",
            "left after layer 0, 1, …");
    for (ExitRow row : result.rows()) {
      table.row(
          row.name() + (row.name().equals(result.rule()) ? " *" : ""),
          percent(row.accuracy().value()),
          percent(row.accuracyStd()),
          interval(row.accuracy()),
          Text.number(row.savedLayers(), 2),
          Text.number(row.savedLayersStd(), 2),
          percent(row.savedShare()),
          Text.number(row.savedLayersOfRight(), 2),
          left(row.leftAt()));
    }
    text.append(table).append("* the rule put to use").append(beaten(result)).append('\n');
    if (!result.generation().isEmpty()) {
      text.append('\n').append(generation(result.generation(), setup.layers()));
    }
    return text.toString();
  }

  /// What is better by both measures than the rule put to use, which was chosen by other examples.
  private static String beaten(ExitResult result) {
    ExitRow used =
        result.rows().stream()
            .filter(row -> row.name().equals(result.rule()))
            .findFirst()
            .orElseThrow();
    String better =
        result.rows().stream()
            .filter(row -> !row.name().equals("oracle") && !row.name().equals("never"))
            .filter(row -> row.accuracy().value() > used.accuracy().value())
            .filter(row -> row.savedLayers() > used.savedLayers())
            .map(ExitRow::name)
            .collect(Collectors.joining(", "));
    return better.isEmpty() ? "" : "; on these tests agrees more and saves more: " + better;
  }

  private static TextTable generation(List<ExitGeneration> all, int layers) {
    TextTable table =
        new TextTable(
            "in generation",
            "keys",
            ">agreement %",
            ">95 % interval",
            ">saved layers",
            ">saved %",
            ">tokens/s",
            ">whole network",
            ">time saved %");
    for (ExitGeneration row : all) {
      table.row(
          row.rule(),
          LateKeysConverter.optionName(row.lateKeys()),
          percent(row.agreement().value()),
          interval(row.agreement()),
          Text.number(row.savedLayers(), 2),
          percent(row.savedLayers() / layers),
          Text.number(row.tokensPerSecond(), 0),
          Text.number(row.tokensPerSecondWhole(), 0),
          percent(row.savedTime()));
    }
    return table;
  }

  /// What early exit saved in a continuation; empty without it.
  public static String of(GenerateResult result) {
    EarlyExitReport report = result.earlyExit();
    if (report == null) {
      return "";
    }
    String layers =
        result.generated().stream()
            .map(token -> Text.token(token.text()) + exit(token))
            .collect(Collectors.joining(" "));
    String same =
        report.sameTokens() == result.generated().size()
            ? "the same tokens"
            : "the first %d tokens the same, then: %s"
                .formatted(
                    report.sameTokens(),
                    report.whole().generated().stream()
                        .skip(report.sameTokens())
                        .map(GeneratedToken::text)
                        .collect(Collectors.joining())
                        .replace("\n", "⏎"));
    return String.format(
        Locale.ROOT,
        "; early exit by %s saved %.2f layers a token%nwhole network: %.0f a second, %s%nleft after"
            + " layer: %s",
        report.rule(),
        report.savedLayers(),
        report.tokensPerSecondWhole(),
        same,
        layers);
  }

  private static String exit(GeneratedToken token) {
    return token.exitLayer() == null ? "" : "·" + token.exitLayer();
  }

  private static String percent(double share) {
    return Text.number(100 * share, 1);
  }

  private static String interval(Estimate metric) {
    return percent(metric.low()) + " – " + percent(metric.high());
  }

  private static String left(List<Integer> counts) {
    return counts.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
