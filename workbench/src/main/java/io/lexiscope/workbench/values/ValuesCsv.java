package io.lexiscope.workbench.values;

import io.lexiscope.base.Csv;

/// Traced values and moved ones as comma-separated values.
final class ValuesCsv {
  private ValuesCsv() {}

  /// One line for each place and value.
  static String write(TraceValuesResult result) {
    var csv =
        new Csv(
            "layer,position,value,component,pearson,ridge,pls,partial,given,best_period,circle,shuffled,random,verdict,effect,random_effect");
    for (TracedValueView row : result.layers()) {
      TracedCircle best = null;
      for (TracedCircle circle : row.circles()) {
        best = best == null || circle.explained() > best.explained() ? circle : best;
      }
      csv.line(
          row.layer(),
          row.position(),
          row.value(),
          row.component(),
          row.pearson(),
          row.ridge(),
          row.pls(),
          row.partial(),
          row.given(),
          best == null ? null : best.period(),
          best == null ? null : best.explained(),
          row.shuffled(),
          row.random(),
          row.verdict(),
          row.effect(),
          row.randomEffect());
    }
    return csv.toString();
  }

  /// One line for each wanted value.
  static String write(MoveValueResult result) {
    var csv = new Csv("value,inside,multiplier,score,output,published,random,rewritten");
    result
        .curve()
        .forEach(
            dose ->
                csv.line(
                    dose.value(),
                    new Csv.Word(Boolean.toString(dose.inside())),
                    dose.multiplier(),
                    dose.score(),
                    dose.output(),
                    dose.published(),
                    dose.random(),
                    dose.rewritten()));
    return csv.toString();
  }
}
