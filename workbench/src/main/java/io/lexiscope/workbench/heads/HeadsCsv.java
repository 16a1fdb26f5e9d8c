package io.lexiscope.workbench.heads;

import io.lexiscope.analysis.attention.Attended;
import io.lexiscope.analysis.attention.HeadReading;
import io.lexiscope.base.Csv;
import io.lexiscope.model.place.HeadName;

/// Writes heads as CSV (RFC 4180): one line per position that a head takes from. The first line
/// names the columns; a number that is not finite is an empty field.
final class HeadsCsv {
  private static final String COLUMNS =
      "head,layer,position,token,norm,push,entropy_bits,writes,looks_at,looks_at_token,weight,moved_norm,moved_push,moved_writes";

  private HeadsCsv() {}

  static String write(HeadsResult result) {
    var csv = new Csv(COLUMNS);
    for (HeadReading head : result.heads()) {
      for (Attended one : head.attends()) {
        csv.line(
            new HeadName(head.layer(), head.head()).toString(),
            head.layer(),
            head.position(),
            result.header().tokens().get(head.position()).text(),
            head.norm(),
            head.push(),
            head.entropy(),
            head.top().isEmpty() ? "" : head.top().getFirst().text(),
            one.position(),
            result.header().tokens().get(one.position()).text(),
            one.weight(),
            one.norm(),
            one.push(),
            one.valueTop().isEmpty() ? "" : one.valueTop().getFirst().text());
      }
    }
    return csv.toString();
  }
}
