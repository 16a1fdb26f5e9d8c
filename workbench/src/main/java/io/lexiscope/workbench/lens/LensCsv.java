package io.lexiscope.workbench.lens;

import io.lexiscope.base.Csv;
import io.lexiscope.model.reading.TargetReading;
import io.lexiscope.model.reading.TokenReading;
import java.util.List;
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
    var csv = new Csv(COLUMNS);
    for (var reading : result.readings()) {
      var token = result.header().tokens().get(reading.position()).text();
      new Lines(csv, reading, token).add();
    }
    return csv.toString();
  }

  /// The lines of one reading.
  private record Lines(Csv csv, PlaceReading reading, String token) {
    void add() {
      words("top", reading.top());
      if (reading.bottom() != null) {
        words("bottom", reading.bottom());
      }
      target("target", reading.target());
      target("against", reading.against());
    }

    private void words(String kind, List<TokenReading> words) {
      var rank = 1;
      for (var word : words) {
        line(kind, rank++, word.id(), word.text(), word.probability(), word.logit());
      }
    }

    private void target(String kind, @Nullable TargetReading word) {
      if (word != null) {
        line(kind, word.rank(), word.id(), word.text(), word.probability(), word.logit());
      }
    }

    private void line(
        String kind, int rank, int id, String text, double probability, double logit) {
      csv.line(
          reading.at(),
          reading.layer(),
          reading.position(),
          token,
          reading.head(),
          reading.neuron(),
          number(reading.norm()),
          number(reading.entropy()),
          new Csv.Word(kind),
          rank,
          id,
          text,
          number(probability),
          number(logit));
    }
  }

  /// A number of 32 bits with no more digits than it has.
  private static Number number(double value) {
    float narrow = (float) value;
    return narrow == value ? (Number) narrow : (Number) value;
  }
}
