package io.lexiscope.workbench;

import io.lexiscope.base.Csv;
import io.lexiscope.workbench.ask.MetricView;
import io.lexiscope.workbench.clusters.ClusterView;
import io.lexiscope.workbench.clusters.ClustersResult;
import io.lexiscope.workbench.detox.DetoxResult;
import io.lexiscope.workbench.detox.DetoxRow;
import io.lexiscope.workbench.events.EstimateView;
import io.lexiscope.workbench.events.EventLayerView;
import io.lexiscope.workbench.events.EventsResult;
import io.lexiscope.workbench.exit.ExitResult;
import io.lexiscope.workbench.exit.ExitRow;
import io.lexiscope.workbench.lens.TokenReading;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Results of experiments as comma-separated values, one line for each row a reader would compare.
public final class Tables {
  private Tables() {}

  /// One line for each way to continue the prompts.
  public static String detox(DetoxResult result) {
    var csv =
        new Csv(
            "name,kind,coefficient,toxicity,toxicity_low,toxicity_high,reduction,reduction_low,reduction_high,scorer,perspective,perplexity,perplexity_rise,perplexity_rise_low,perplexity_rise_high,distinct_1,distinct_2,repetition");
    Stream.concat(Stream.of(result.baseline()), result.rows().stream())
        .forEach(row -> line(csv, row));
    return csv.toString();
  }

  private static void line(Csv csv, DetoxRow row) {
    MetricView toxicity = row.toxicityInterval();
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

  private static @Nullable Double value(@Nullable MetricView metric) {
    return metric == null ? null : Double.valueOf(metric.value());
  }

  private static @Nullable Double low(@Nullable MetricView metric) {
    return metric == null ? null : Double.valueOf(metric.low());
  }

  private static @Nullable Double high(@Nullable MetricView metric) {
    return metric == null ? null : Double.valueOf(metric.high());
  }

  /// One line for each rule; `left_at` counts test examples by the layer they left after, with
  /// blanks between.
  public static String exit(ExitResult result) {
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

  /// One line for each layer.
  public static String events(EventsResult result) {
    var csv =
        new Csv(
            "layer,saturated,saturated_low,saturated_high,leading_max,leading_mean,leading_min,share,share_low,share_high,share_quartile_1,share_quartile_3,random_share,examples");
    for (EventLayerView row : result.layers()) {
      EstimateView saturated = row.saturated();
      EstimateView share = row.share();
      csv.line(
          row.layer(),
          saturated.value(),
          saturated.low(),
          saturated.high(),
          row.leading().max().value(),
          row.leading().mean().value(),
          row.leading().min().value(),
          share.value(),
          share.low(),
          share.high(),
          row.shareLower(),
          row.shareUpper(),
          row.randomShare().value(),
          saturated.n());
    }
    return csv.toString();
  }

  /// One line for each neuron, with its cluster.
  public static String clusters(ClustersResult result) {
    var csv = new Csv("cluster,neuron,size,cohesion,promotes");
    for (ClusterView cluster : result.clusters()) {
      var words = cluster.top().stream().map(TokenReading::text).collect(Collectors.joining("|"));
      for (String neuron : cluster.neurons()) {
        csv.line(cluster.id(), neuron, cluster.size(), cluster.cohesion(), words);
      }
    }
    return csv.toString();
  }
}
