package io.lexiscope.analysis.edit;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;

/// How edits are evaluated.
///
/// @param method how each is made
/// @param schedule in what company
/// @param text whose perplexity is taken with every edit; none when empty
/// @param others questions that every edit should leave alone, all asked every time
/// @param fluency how many tokens are generated after each prompt for the entropy of n-grams; 0 for
///   none
public record EditPlan(
    EditMethod method,
    EditSchedule schedule,
    TokenIds text,
    List<AnswerScore.Question> others,
    int fluency) {
  /// Copies the list.
  public EditPlan {
    others = List.copyOf(others);
  }
}
