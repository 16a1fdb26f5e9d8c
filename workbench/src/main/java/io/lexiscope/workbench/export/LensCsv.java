package io.lexiscope.workbench.export;

import io.lexiscope.workbench.view.LensReading;
import io.lexiscope.workbench.view.LensResult;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes a lens result as CSV (RFC 4180): one line per word of a reading, with the place, the word
/// and its numbers.
///
/// `kind` is `top`, `bottom`, `target` or `against`; `rank` counts from 1 within top and bottom,
/// and over the whole vocabulary for target and against. A number that is not finite is an empty
/// field. The first line names the columns.
public final class LensCsv {
  /// The names of the columns.
  public static final String COLUMNS =
      "at,layer,position,token,head,neuron,norm,entropy_bits,kind,rank,id,text,probability,logit";

  private LensCsv() {}

  /// The CSV of a lens result, lines ended by CR LF.
  public static String write(LensResult result) {
    var out = new StringBuilder(COLUMNS).append("\r\n");
    for (var reading : result.readings()) {
      var token = result.header().tokens().get(reading.position()).text();
      var place = place(reading, token);
      var rank = 1;
      for (var word : reading.top()) {
        line(out, place, "top", rank++, word.id(), word.text(), word.probability(), word.logit());
      }
      if (reading.bottom() != null) {
        rank = 1;
        for (var word : reading.bottom()) {
          line(
              out,
              place,
              "bottom",
              rank++,
              word.id(),
              word.text(),
              word.probability(),
              word.logit());
        }
      }
      var target = reading.target();
      if (target != null) {
        line(
            out,
            place,
            "target",
            target.rank(),
            target.id(),
            target.text(),
            target.probability(),
            target.logit());
      }
      var against = reading.against();
      if (against != null) {
        line(
            out,
            place,
            "against",
            against.rank(),
            against.id(),
            against.text(),
            against.probability(),
            against.logit());
      }
    }
    return out.toString();
  }

  private static String place(LensReading reading, String token) {
    return String.join(
        ",",
        quoted(reading.at()),
        whole(reading.layer()),
        String.valueOf(reading.position()),
        quoted(token),
        whole(reading.head()),
        whole(reading.neuron()),
        number(reading.norm()),
        number(reading.entropy()));
  }

  private static void line(
      StringBuilder out,
      String place,
      String kind,
      int rank,
      int id,
      String text,
      double probability,
      double logit) {
    out.append(place)
        .append(',')
        .append(kind)
        .append(',')
        .append(rank)
        .append(',')
        .append(id)
        .append(',')
        .append(quoted(text))
        .append(',')
        .append(number(probability))
        .append(',')
        .append(number(logit))
        .append("\r\n");
  }

  private static String whole(@Nullable Integer value) {
    return value == null ? "" : String.format(Locale.ROOT, "%d", value);
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    return (double) (float) value == value ? Float.toString((float) value) : Double.toString(value);
  }

  /// Quotes always: a word may be a comma, a quote, a line break, or begin with what a spreadsheet
  /// takes for a formula.
  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
