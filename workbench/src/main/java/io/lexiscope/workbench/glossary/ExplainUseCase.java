package io.lexiscope.workbench.glossary;

import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import java.util.List;

/// Says what a term means.
public final class ExplainUseCase implements UseCase<ExplainRequest, ExplainResult> {
  /// Longest part of an unknown term that is repeated, characters.
  private static final int SHOWN = 60;

  private final Glossary glossary = Glossary.standard();

  private ExplainUseCase() {}

  /// The verb `explain`.
  public static Feature<ExplainRequest, ExplainResult> feature() {
    return new Feature<>(
        Verb.reads("explain", "What a term means.").in(Lane.INSTANT),
        ExplainRequest.class,
        new ExplainUseCase());
  }

  @Override
  public ExplainResult answer(ExplainRequest request, Work work) {
    var asked = request.term();
    return new ExplainResult(
        asked == null
            ? glossary.terms()
            : List.of(glossary.find(asked).orElseThrow(() -> unknown(asked))));
  }

  private WorkbenchException unknown(String asked) {
    var shown = asked.length() <= SHOWN ? asked : asked.substring(0, SHOWN) + "…";
    return WorkbenchException.misuse(
        "term",
        "explain: expected a term of the glossary, got %s; near it are %s, and without a term all are listed"
            .formatted(
                shown.isBlank() ? "an empty term" : shown,
                String.join(", ", glossary.near(asked))));
  }
}
