package io.lexiscope.train.bpe;

import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a trained tokenizer is to look like.
///
/// @param vocabularySize how many tokens at most: special tokens, 256 bytes and merges together
/// @param requiredWords words that must be one token each when a space precedes them; given without
///   the space
/// @param specialTokens tokens that stand for something other than text; they get the first ids,
///   and the first of them begins and ends texts
public record BpeOptions(
    int vocabularySize, SortedSet<String> requiredWords, List<String> specialTokens) {
  static final int BYTES = 256;

  /// Checks and copies.
  ///
  /// @throws IllegalArgumentException if the vocabulary cannot hold the bytes, a special token is
  ///   given twice, or a required word is not one word to GPT-2's expression
  public BpeOptions {
    requiredWords = new TreeSet<>(requiredWords);
    specialTokens = List.copyOf(specialTokens);
    if (new HashSet<>(specialTokens).size() != specialTokens.size()) {
      throw new IllegalArgumentException(
          "bpeOptions: expected different special tokens, got " + specialTokens);
    }
    if (vocabularySize < BYTES + specialTokens.size()) {
      throw new IllegalArgumentException(
          "bpeOptions: expected a vocabulary of at least %d (256 bytes and %d special tokens), got %d"
              .formatted(BYTES + specialTokens.size(), specialTokens.size(), vocabularySize));
    }
    for (String word : requiredWords) {
      if (!WordCounts.isOneWord(" " + word)) {
        throw new IllegalArgumentException(
            "bpeOptions: expected required words of letters only, of digits only or of signs only, got \"%s\"; a merge never crosses the edge of a word"
                .formatted(word));
      }
    }
  }
}
