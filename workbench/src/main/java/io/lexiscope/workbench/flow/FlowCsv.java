package io.lexiscope.workbench.flow;

import io.lexiscope.analysis.flow.FlowEdge;
import io.lexiscope.base.Csv;
import java.util.Locale;

/// Writes the edges of a graph as CSV (RFC 4180). The first line names the columns; a number that
/// is not finite is an empty field.
final class FlowCsv {
  private static final String COLUMNS = "from,to,kind,width,value,influence,weight";

  private FlowCsv() {}

  static String write(FlowResult result) {
    var csv = new Csv(COLUMNS);
    for (FlowEdge edge : result.edges()) {
      csv.line(
          edge.from(),
          edge.to(),
          edge.kind().name().toLowerCase(Locale.ROOT),
          edge.width(),
          edge.value(),
          edge.influence(),
          edge.weight());
    }
    return csv.toString();
  }
}
