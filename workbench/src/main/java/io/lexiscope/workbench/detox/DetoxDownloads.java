package io.lexiscope.workbench.detox;

import io.lexiscope.analysis.detox.DetoxRow;
import io.lexiscope.base.Csv;
import io.lexiscope.base.Estimate;
import io.lexiscope.workbench.ask.InterventionFile;
import io.lexiscope.workbench.job.ResultFile;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a detoxification has to offer: its rows as a table, the curve of doses, and the change to
/// take along.
final class DetoxDownloads {
  private DetoxDownloads() {}

  static List<ResultFile> of(DetoxResult result) {
    return List.of(
        ResultFile.csv("rows.csv", () -> rows(result)),
        ResultFile.svg("doses.svg", () -> DetoxPlot.write(result)),
        ResultFile.json(
            "interventions.json",
            new InterventionFile(
                InterventionFile.VERSION,
                result.model(),
                "chosen by detox: " + result.setup().selection(),
                result.interventions())));
  }

  /// One line for each way to continue the prompts.
  private static String rows(DetoxResult result) {
    var csv =
        new Csv(
            "name,kind,coefficient,toxicity,toxicity_low,toxicity_high,reduction,reduction_low,reduction_high,scorer,perspective,perplexity,perplexity_rise,perplexity_rise_low,perplexity_rise_high,distinct_1,distinct_2,repetition");
    Stream.concat(Stream.of(result.baseline()), result.rows().stream())
        .forEach(row -> line(csv, row));
    return csv.toString();
  }

  private static void line(Csv csv, DetoxRow row) {
    Estimate toxicity = row.toxicityInterval();
    csv.line(
        row.name(),
        row.kind().name(),
        row.coefficient(),
        toxicity.value(),
        toxicity.low(),
        toxicity.high(),
        value(row.reduction()),
        low(row.reduction()),
        high(row.reduction()),
        value(row.scorer()),
        value(row.perspective()),
        row.perplexity(),
        value(row.perplexityRise()),
        low(row.perplexityRise()),
        high(row.perplexityRise()),
        row.distinct1(),
        row.distinct2(),
        row.repetition());
  }

  private static @Nullable Double value(@Nullable Estimate metric) {
    return metric == null ? null : Double.valueOf(metric.value());
  }

  private static @Nullable Double low(@Nullable Estimate metric) {
    return metric == null ? null : Double.valueOf(metric.low());
  }

  private static @Nullable Double high(@Nullable Estimate metric) {
    return metric == null ? null : Double.valueOf(metric.high());
  }
}
