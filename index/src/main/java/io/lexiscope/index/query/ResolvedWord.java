package io.lexiscope.index.query;

import java.util.List;

/// A condition with the tokens its word may be.
///
/// @param condition what was asked
/// @param forms any of these; a vector's score is that of the form that fits the condition best
public record ResolvedWord(Condition condition, List<Form> forms) {
  /// One form of a word.
  ///
  /// @param ids one token; or several, whose scores are averaged
  /// @param text as people read it
  public record Form(List<Integer> ids, String text) {
    /// Copies the list.
    public Form {
      ids = List.copyOf(ids);
    }
  }

  /// Copies the list.
  public ResolvedWord {
    forms = List.copyOf(forms);
  }

  /// Whether the word is a token as it was written, with or without a space before it.
  public boolean asWritten() {
    return condition.word() instanceof Condition.Id
        || forms.stream()
            .anyMatch(form -> form.text().strip().equals(condition.word().text().strip()));
  }
}
