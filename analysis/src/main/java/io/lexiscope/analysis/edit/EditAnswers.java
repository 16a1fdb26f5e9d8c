package io.lexiscope.analysis.edit;

import java.util.List;

/// The answers to all questions of a case.
///
/// @param edit to the edit's own prompt
/// @param paraphrases to its paraphrases
/// @param neighbours to its neighbours, each wanting its own answer
/// @param consequences to what follows from it
public record EditAnswers(
    ProbeScore edit,
    List<ProbeScore> paraphrases,
    List<ProbeScore> neighbours,
    List<ProbeScore> consequences) {
  /// Copies the lists.
  public EditAnswers {
    paraphrases = List.copyOf(paraphrases);
    neighbours = List.copyOf(neighbours);
    consequences = List.copyOf(consequences);
  }
}
