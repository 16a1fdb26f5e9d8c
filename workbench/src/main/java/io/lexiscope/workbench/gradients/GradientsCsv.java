package io.lexiscope.workbench.gradients;

import io.lexiscope.analysis.gradient.GradientCell;
import io.lexiscope.base.Csv;
import io.lexiscope.model.reading.TokenReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes gradients as CSV (RFC 4180): one line per matrix and position, words joined by blanks
/// that are shown as `␣` where they are the words' own.
public final class GradientsCsv {
  /// The names of the columns.
  public static final String COLUMNS =
      "layer,matrix,position,token,input_norm,vjp_norm,target_rank,small,input_top,vjp_top,vjp_bottom";

  private GradientsCsv() {}

  /// The CSV of a result, lines ended by CR LF.
  public static String write(GradientsResult result) {
    var csv = new Csv(COLUMNS);
    for (GradientCell cell : result.matrices()) {
      csv.line(
          cell.layer(),
          cell.matrix(),
          cell.position(),
          result.header().tokens().get(cell.position()).text(),
          cell.inputNorm(),
          cell.vjpNorm(),
          cell.targetRank(),
          cell.small(),
          words(cell.inputTop()),
          words(cell.vjpTop()),
          words(cell.vjpBottom()));
    }
    return csv.toString();
  }

  private static @Nullable String words(@Nullable List<TokenReading> words) {
    return words == null
        ? null
        : String.join(" ", words.stream().map(word -> word.text().replace(' ', '␣')).toList());
  }
}
