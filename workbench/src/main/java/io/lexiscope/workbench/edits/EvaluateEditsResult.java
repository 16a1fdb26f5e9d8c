package io.lexiscope.workbench.edits;

import io.lexiscope.analysis.edit.CaseResult;
import io.lexiscope.analysis.edit.EditSchedule;
import io.lexiscope.base.Estimate;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How well edits went.
///
/// @param model name of the model
/// @param metrics numbers with their intervals over cases: `efficacy.success`, `.exact`,
///   `.accuracy`, and so for `paraphrase`, `neighbourhood`, `portability`; `NAME.before` of the
///   model before each edit, `NAME.last` after the last of a sequence; `neighbourhood.same`,
///   `others`, `perplexity`, `fluency`
/// @param cases how many
/// @param editMethod how edits were made
/// @param settings of the method, by name
/// @param schedule in what company
/// @param perplexityBefore of the default text on the model as it was; absent without one
/// @param results every case
/// @param log the folder that keeps them; absent when there is none
/// @param seconds wall-clock time
/// @param provenance where the numbers come from
public record EvaluateEditsResult(
    String model,
    Map<String, Estimate> metrics,
    int cases,
    EditMethodName editMethod,
    Map<String, String> settings,
    EditSchedule schedule,
    @Nullable Double perplexityBefore,
    List<CaseResult> results,
    @Nullable String log,
    double seconds,
    Provenance provenance)
    implements Result {
  /// Copies the lists.
  public EvaluateEditsResult {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    results = List.copyOf(results);
  }

  @Override
  public String method() {
    return "Success is P(new) > P(old), exact that every token is the likeliest, accuracy the share"
        + " that is; numbers of other protocols are not comparable.";
  }
}
