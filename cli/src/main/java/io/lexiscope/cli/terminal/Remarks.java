package io.lexiscope.cli.terminal;

import io.lexiscope.base.OneLine;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be known before the numbers of a result are read, a line each.
final class Remarks {
  private Remarks() {}

  /// The lines that stand before a result's text; empty where nothing is to be said.
  static String before(Record result) {
    if (!(result instanceof Result known)) {
      return "";
    }
    StringBuilder lines = new StringBuilder();
    ResultHeader header = known.header();
    if (header != null) {
      for (NotFinite place : orNone(header.notFinite())) {
        lines.append(line(place));
      }
      orNone(header.notes()).forEach(note -> lines.append(line(note)));
    }
    Provenance provenance = known.provenance();
    if (provenance != null) {
      orNone(provenance.notes()).forEach(note -> lines.append(line(note)));
    }
    return lines.isEmpty() ? "" : lines.append('\n').toString();
  }

  private static String line(NotFinite place) {
    return "not finite: %s%s, %s\n"
        .formatted(
            place.at(),
            place.position() == null ? "" : " from position " + place.position(),
            place.count() == 1 ? "1 place" : Text.count(place.count()) + " places");
  }

  private static String line(String note) {
    return "note: " + OneLine.printable(note) + "\n";
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
