package io.lexiscope.workbench.exit;

import io.lexiscope.analysis.exit.ExitRow;
import io.lexiscope.base.Csv;
import io.lexiscope.workbench.job.ResultFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a result on early exit has to offer: its rules as a table, and the rule learned.
final class ExitDownloads {
  private ExitDownloads() {}

  static List<ResultFile> of(ExitResult result) {
    List<ResultFile> files = new ArrayList<>();
    files.add(ResultFile.csv("rules.csv", () -> rules(result)));
    var rule = result.learned();
    if (rule != null) {
      files.add(ResultFile.json("rule.json", rule));
    }
    return files;
  }

  /// One line for each rule; `left_at` counts test examples by the layer they left after, with
  /// blanks between.
  private static String rules(ExitResult result) {
    var csv =
        new Csv(
            "rule,agreement,agreement_low,agreement_high,agreement_std,saved_layers,saved_layers_std,saved_share,tests,left_at");
    for (ExitRow row : result.rows()) {
      csv.line(
          row.name(),
          row.accuracy().value(),
          row.accuracy().low(),
          row.accuracy().high(),
          row.accuracyStd(),
          row.savedLayers(),
          row.savedLayersStd(),
          row.savedShare(),
          row.accuracy().n(),
          row.leftAt().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
    return csv.toString();
  }
}
