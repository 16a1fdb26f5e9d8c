package io.lexiscope.analysis.edit;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;

/// A fact to write, and what to ask about it.
///
/// @param id what it is called in its file
/// @param goal what the model should say
/// @param old what it should say no more, at least one token
/// @param probes what to ask besides
public record EditCase(String id, EditGoal goal, TokenIds old, Probes probes) {

  /// What to ask besides.
  ///
  /// @param paraphrases other prompts that should get the new answer
  /// @param neighbours prompts with the answers they should keep
  /// @param consequences prompts with the answers that follow from the edit
  public record Probes(
      List<TokenIds> paraphrases,
      List<AnswerScore.Question> neighbours,
      List<AnswerScore.Question> consequences) {
    /// Copies the lists.
    public Probes {
      paraphrases = List.copyOf(paraphrases);
      neighbours = List.copyOf(neighbours);
      consequences = List.copyOf(consequences);
    }
  }
}
