package io.lexiscope.workbench.diff;

import io.lexiscope.analysis.diff.DifferenceFactor;
import io.lexiscope.analysis.diff.MatrixDifference;
import io.lexiscope.base.Csv;
import io.lexiscope.model.reading.TokenReading;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The factors of a difference, as comma-separated values.
final class DiffCsv {
  private DiffCsv() {}

  static String write(DiffResult result) {
    var csv = new Csv("layer,matrix,norm,relative,factor,weight,share,imprint,shift");
    for (MatrixDifference matrix : result.matrices()) {
      for (int i = 0; i < matrix.factors().size(); i++) {
        DifferenceFactor factor = matrix.factors().get(i);
        csv.line(
            matrix.layer(),
            matrix.matrix(),
            matrix.norm(),
            matrix.relative(),
            i,
            factor.weight(),
            factor.share(),
            words(factor.imprintTop()),
            words(factor.shiftTop()));
      }
    }
    return csv.toString();
  }

  private static @Nullable String words(@Nullable List<TokenReading> words) {
    return words == null
        ? null
        : words.stream().map(TokenReading::text).collect(Collectors.joining("|"));
  }
}
