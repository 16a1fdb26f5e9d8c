package io.lexiscope.workbench.events;

import io.lexiscope.base.Csv;
import io.lexiscope.base.Estimate;

/// The events of a corpus as comma-separated values.
final class EventsCsv {
  private EventsCsv() {}

  /// One line for each layer.
  static String write(EventsResult result) {
    var csv =
        new Csv(
            "layer,saturated,saturated_low,saturated_high,leading_max,leading_mean,leading_min,share,share_low,share_high,share_quartile_1,share_quartile_3,random_share,examples");
    for (EventLayerView row : result.layers()) {
      Estimate saturated = row.saturated();
      Estimate share = row.share();
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
}
