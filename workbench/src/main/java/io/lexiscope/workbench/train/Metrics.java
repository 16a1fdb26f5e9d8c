package io.lexiscope.workbench.train;

import io.lexiscope.train.Metric;
import io.lexiscope.workbench.ask.MetricView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measured qualities as views.
final class Metrics {
  private Metrics() {}

  static Map<String, MetricView> views(List<Metric> metrics) {
    Map<String, MetricView> views = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      views.put(
          metric.name(),
          new MetricView(metric.value(), metric.low(), metric.high(), metric.questions()));
    }
    return views;
  }
}
