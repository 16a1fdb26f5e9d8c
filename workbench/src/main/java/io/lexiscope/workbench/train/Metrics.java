package io.lexiscope.workbench.train;

import io.lexiscope.base.Estimate;
import io.lexiscope.train.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measured qualities as views.
final class Metrics {
  private Metrics() {}

  static Map<String, Estimate> views(List<Metric> metrics) {
    Map<String, Estimate> views = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      views.put(
          metric.name(),
          new Estimate(metric.value(), metric.low(), metric.high(), metric.questions()));
    }
    return views;
  }
}
