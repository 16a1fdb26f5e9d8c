package io.lexiscope.workbench.survey;

import io.lexiscope.analysis.survey.ActiveNeuron;
import io.lexiscope.analysis.survey.NormFilter;
import io.lexiscope.analysis.survey.OverlapLayer;
import io.lexiscope.analysis.survey.WordShift;
import io.lexiscope.base.Csv;
import io.lexiscope.base.Estimate;
import io.lexiscope.model.reading.TokenReading;
import java.util.List;
import java.util.stream.Collectors;

/// Writes the tables of a survey as CSV (RFC 4180). The first line names the columns; a number that
/// is not finite is an empty field.
final class SurveyCsv {
  private SurveyCsv() {}

  static String overlap(SurveyResult result) {
    var csv = new Csv("layer,what,share,low,high,n");
    for (OverlapLayer layer : result.overlap()) {
      line(csv, layer.layer(), "heads", layer.heads());
      line(csv, layer.layer(), "rest", layer.rest());
      line(csv, layer.layer(), "values", layer.values());
      line(csv, layer.layer(), "outputs", layer.outputs());
    }
    return csv.toString();
  }

  private static void line(Csv csv, int layer, String what, Estimate share) {
    csv.line(layer, what, share.value(), share.low(), share.high(), share.n());
  }

  static String norms(SurveyResult result) {
    var csv = new Csv("layer,norm,moved,low,high,random,gain,lose");
    for (NormFilter layer : result.norms()) {
      csv.line(
          layer.layer(),
          layer.norm(),
          layer.moved().words().value(),
          layer.moved().words().low(),
          layer.moved().words().high(),
          layer.moved().random().value(),
          words(layer.gain()),
          words(layer.lose()));
    }
    return csv.toString();
  }

  private static String words(List<WordShift> words) {
    return words.stream().map(word -> word.text().strip()).collect(Collectors.joining(" "));
  }

  static String neurons(SurveyResult result) {
    var csv = new Csv("layer,neuron,share,low,high,norm,longer,entropy,meanEntropy,top");
    for (ActiveNeuron one : result.active()) {
      csv.line(
          one.layer(),
          one.neuron(),
          one.share().value(),
          one.share().low(),
          one.share().high(),
          one.vector().norm(),
          one.vector().longer(),
          one.vector().entropy(),
          one.vector().meanEntropy(),
          one.top().stream()
              .map(TokenReading::text)
              .map(String::strip)
              .collect(Collectors.joining(" ")));
    }
    return csv.toString();
  }
}
