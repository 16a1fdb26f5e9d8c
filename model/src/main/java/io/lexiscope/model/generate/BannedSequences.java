package io.lexiscope.model.generate;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Token sequences that must not occur in a continuation: the last token of one is left out of the
/// choice where the tokens before it stand at the end of the text, as `bad_words_ids` of Hugging
/// Face does. What the model computes is not changed.
///
/// @param sequences none of them empty
public record BannedSequences(Set<TokenIds> sequences) {

  /// Copies the set and checks it.
  ///
  /// @throws GenerationException if a sequence is empty
  public BannedSequences {
    sequences = Set.copyOf(new LinkedHashSet<>(sequences));
    if (sequences.stream().anyMatch(TokenIds::isEmpty)) {
      throw new GenerationException("generate: expected banned words of a token or more, got none");
    }
  }

  /// Nothing is banned.
  public static BannedSequences none() {
    return new BannedSequences(Set.of());
  }

  /// The logits with those of completing tokens at negative infinity.
  ///
  /// @param text prompt and continuation so far
  /// @param logits of the next token; not modified
  /// @return the same array where nothing is to be left out
  float[] leftOut(List<Integer> text, float[] logits) {
    int[] completing =
        sequences.stream()
            .filter(sequence -> endsWith(text, sequence))
            .mapToInt(sequence -> sequence.get(sequence.size() - 1))
            .filter(id -> id < logits.length)
            .toArray();
    if (completing.length == 0) {
      return logits;
    }
    float[] left = logits.clone();
    for (int id : completing) {
      left[id] = Float.NEGATIVE_INFINITY;
    }
    return left;
  }

  /// Whether a text ends with all tokens of a sequence but its last.
  private static boolean endsWith(List<Integer> text, TokenIds sequence) {
    int before = sequence.size() - 1;
    if (before > text.size()) {
      return false;
    }
    for (int i = 0; i < before; i++) {
      if (text.get(text.size() - before + i) != sequence.get(i)) {
        return false;
      }
    }
    return true;
  }
}
