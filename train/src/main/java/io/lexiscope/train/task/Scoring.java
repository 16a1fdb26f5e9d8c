package io.lexiscope.train.task;

import java.util.SortedSet;

/// How the answers of an [EvaluationSet] are scored.
public sealed interface Scoring {
  /// Share of questions whose greedy continuation equals the expected text token for token (the
  /// expected text carries the end token where the task has one).
  record ExactContinuation() implements Scoring {}

  /// Share of questions whose most probable next token is the expected text, leading space
  /// included.
  record NextToken() implements Scoring {}

  /// Share of continuations, cut at the end-of-text token, that hold a word of the lexicon (whole
  /// words, case ignored). The expected text of the questions is empty.
  ///
  /// @param lexicon lower-case words
  /// @param tokens number of tokens to generate
  record LexiconRate(SortedSet<String> lexicon, int tokens) implements Scoring {
    /// Says whether a continuation holds a word of the lexicon.
    public boolean matches(String continuation) {
      var word = new StringBuilder();
      for (int i = 0; i <= continuation.length(); i++) {
        char c = i < continuation.length() ? continuation.charAt(i) : ' ';
        if (Character.isLetter(c)) {
          word.append(Character.toLowerCase(c));
        } else if (!word.isEmpty()) {
          if (lexicon.contains(word.toString())) {
            return true;
          }
          word.setLength(0);
        }
      }
      return false;
    }
  }

  /// Coefficient of determination, `R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²`, of the unscaled values.
  ///
  /// @param targetScale what the model's output is multiplied by before it is compared with the
  ///   expected value
  record RSquared(double targetScale) implements Scoring {}
}
