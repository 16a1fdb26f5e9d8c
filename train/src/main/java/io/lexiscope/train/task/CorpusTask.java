package io.lexiscope.train.task;

import java.util.SortedSet;

/// A task whose examples are documents of running text, to be tokenised, joined and cut by the
/// trainer.
public non-sealed interface CorpusTask extends Task {
  /// The special token that stands between two documents.
  String END_OF_TEXT = "<|endoftext|>";

  /// Returns one document without the end-of-text token; the same arguments always give the same
  /// text.
  ///
  /// @param split which side of the content split
  /// @param index any number ≥ 0; consecutive indices are independent draws
  String document(Split split, long index);

  /// Returns the words that the tokenizer must encode as one token with their leading space.
  SortedSet<String> singleTokenWords();
}
