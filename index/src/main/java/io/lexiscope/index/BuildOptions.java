package io.lexiscope.index;

import org.jspecify.annotations.Nullable;

/// What an index is to hold.
///
/// @param words how many of the strongest, and of the weakest, words are kept of each vector
/// @param corpus on what firing rates are measured, or null for none
public record BuildOptions(int words, @Nullable Corpus corpus) {
  /// As many words as LM-Debugger shows.
  public static final int STANDARD_WORDS = 50;

  /// Without firing rates.
  public static final BuildOptions STANDARD = new BuildOptions(STANDARD_WORDS, /* corpus= */ null);

  /// Checks the count.
  ///
  /// @throws IndexException if it is below 1
  public BuildOptions {
    if (words < 1) {
      throw new IndexException("index: expected 1 or more words of each vector, got " + words);
    }
  }
}
