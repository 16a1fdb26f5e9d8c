package io.lexiscope.workbench.glossary;

import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// What terms mean.
///
/// @param terms the one asked for, or all of them by their names
public record ExplainResult(List<GlossaryTerm> terms) implements Result {
  /// Copies the list.
  public ExplainResult {
    terms = List.copyOf(terms);
  }

  @Override
  public String method() {
    return "The words as they are used here; other programs and papers may use them otherwise.";
  }
}
