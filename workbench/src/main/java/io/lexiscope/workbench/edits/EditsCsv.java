package io.lexiscope.workbench.edits;

import io.lexiscope.analysis.edit.CaseResult;
import io.lexiscope.analysis.edit.EditAnswers;
import io.lexiscope.analysis.edit.ProbeScore;
import io.lexiscope.base.Csv;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes evaluated edits as CSV (RFC 4180): one line per question of a case, before and after.
public final class EditsCsv {
  /// The names of the columns.
  public static final String COLUMNS =
      "case,when,question,number,wanted_nats,other_nats,success,exact,accuracy,said";

  private EditsCsv() {}

  /// The CSV of a result, lines ended by CR LF.
  public static String write(EvaluateEditsResult result) {
    var csv = new Csv(COLUMNS);
    for (CaseResult one : result.results()) {
      lines(csv, one.id(), "before", one.before());
      lines(csv, one.id(), "after", one.after());
      lines(csv, one.id(), "last", one.last());
    }
    return csv.toString();
  }

  private static void lines(Csv csv, String id, String when, @Nullable EditAnswers answers) {
    if (answers == null) {
      return;
    }
    lines(csv, id, when, "edit", List.of(answers.edit()));
    lines(csv, id, when, "paraphrase", answers.paraphrases());
    lines(csv, id, when, "neighbour", answers.neighbours());
    lines(csv, id, when, "consequence", answers.consequences());
  }

  private static void lines(
      Csv csv, String id, String when, String question, List<ProbeScore> scores) {
    for (int i = 0; i < scores.size(); i++) {
      ProbeScore score = scores.get(i);
      csv.line(
          id,
          when,
          question,
          i,
          score.wanted(),
          score.other(),
          score.success(),
          score.exact(),
          score.accuracy(),
          score.said());
    }
  }
}
