package io.lexiscope.workbench.invert;

import io.lexiscope.base.Csv;

/// Members and near-misses as comma-separated values.
final class InvertCsv {
  private InvertCsv() {}

  /// One line for each sample.
  static String write(InvertResult result) {
    var csv = new Csv("text,distance,position,accepted");
    for (InvertSample sample : result.samples()) {
      csv.line(sample.text(), sample.distance(), sample.position(), sample.accepted());
    }
    return csv.toString();
  }
}
