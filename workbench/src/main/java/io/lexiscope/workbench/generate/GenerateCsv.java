package io.lexiscope.workbench.generate;

import io.lexiscope.base.Csv;
import io.lexiscope.workbench.job.GeneratedToken;

/// A continuation as comma-separated values.
final class GenerateCsv {
  private GenerateCsv() {}

  /// One line for each token, in order.
  static String write(GenerateResult result) {
    var csv = new Csv("position,id,text,probability,exit_layer");
    int position = result.header().tokens().size();
    for (GeneratedToken token : result.generated()) {
      csv.line(position++, token.id(), token.text(), token.probability(), token.exitLayer());
    }
    return csv.toString();
  }
}
