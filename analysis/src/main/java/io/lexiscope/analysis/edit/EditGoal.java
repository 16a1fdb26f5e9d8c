package io.lexiscope.analysis.edit;

import io.lexiscope.model.edit.EditException;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;

/// What a model should say.
///
/// @param prompt at least one token
/// @param target what should follow it, at least one token
/// @param subject positions of what the prompt is about, from 0; the last position when empty
public record EditGoal(TokenIds prompt, TokenIds target, List<Integer> subject) {
  /// Copies the list and checks the tokens.
  ///
  /// @throws EditException if there are no tokens, or a position is outside of the prompt
  public EditGoal {
    subject = List.copyOf(subject);
    if (prompt.isEmpty() || target.isEmpty()) {
      throw new EditException(
          "edit: expected a prompt and a target of a token or more, got %d and %d; give both"
              .formatted(prompt.size(), target.size()));
    }
    for (int position : subject) {
      if (position < 0 || position >= prompt.size()) {
        throw new EditException(
            "edit: expected positions of the subject from 0 to %d, got %d; name a part of the prompt"
                .formatted(prompt.size() - 1, position));
      }
    }
  }

  /// The last token of the subject, where facts are looked up.
  int lookup() {
    return subject.isEmpty() ? prompt.size() - 1 : subject.getLast();
  }
}
