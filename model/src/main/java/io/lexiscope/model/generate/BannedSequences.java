package io.lexiscope.model.generate;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Token sequences that must not occur in a continuation. What the model computes is not changed.
///
/// Without boundaries the last token of a sequence is left out of the choice where the tokens
/// before it stand at the end of the text, as `bad_words_ids` of Hugging Face does. With them only
/// whole words count: a sequence may be said where it begins inside a word, and where the word goes
/// on after it, as `ass` in `assistant`; once it stands, what would end the word there is left out,
/// and at the end of the continuation its last token.
///
/// @param sequences none of them empty
/// @param boundaries tell whole words; null where every occurrence counts
public record BannedSequences(Set<TokenIds> sequences, @Nullable WordBoundaries boundaries) {

  /// Copies the set and checks it.
  ///
  /// @throws GenerationException if a sequence is empty
  public BannedSequences {
    sequences = Set.copyOf(new LinkedHashSet<>(sequences));
    if (sequences.stream().anyMatch(TokenIds::isEmpty)) {
      throw new GenerationException(
          "generate: expected banned words of a token or more, got none; leave empty ones out");
    }
  }

  /// Every occurrence counts.
  public BannedSequences(Set<TokenIds> sequences) {
    this(sequences, /* boundaries= */ null);
  }

  /// Nothing is banned.
  public static BannedSequences none() {
    return new BannedSequences(Set.of());
  }

  /// The logits with those of completing tokens at negative infinity.
  ///
  /// @param text prompt and continuation so far
  /// @param prompt how many tokens of the text are the prompt's
  /// @param last whether the continuation ends with the next token
  /// @param logits of the next token; not modified
  /// @return the same array where nothing is to be left out
  float[] leftOut(List<Integer> text, int prompt, boolean last, float[] logits) {
    WordBoundaries words = boundaries;
    if (words == null || last) {
      logits = withoutCompleting(text, logits);
    }
    if (words == null
        || text.size() == prompt
        || sequences.stream().noneMatch(s -> ends(text, s))) {
      return logits;
    }
    float[] left = logits.clone();
    for (int id = 0; id < left.length; id++) {
      if (!words.goesOn(id)) {
        left[id] = Float.NEGATIVE_INFINITY;
      }
    }
    return left;
  }

  private float[] withoutCompleting(List<Integer> text, float[] logits) {
    int[] completing =
        sequences.stream()
            .filter(sequence -> endsBefore(text, text.size(), sequence, sequence.size() - 1))
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

  /// Whether a text ends with a whole sequence.
  private boolean ends(List<Integer> text, TokenIds sequence) {
    return endsBefore(text, text.size(), sequence, sequence.size());
  }

  /// Whether the first tokens of a sequence stand right before a place, and begin a word there.
  private boolean endsBefore(List<Integer> text, int place, TokenIds sequence, int tokens) {
    int from = place - tokens;
    if (from < 0) {
      return false;
    }
    for (int i = 0; i < tokens; i++) {
      if (text.get(from + i) != sequence.get(i)) {
        return false;
      }
    }
    WordBoundaries words = boundaries;
    return words == null
        || from == 0
        || !words.goesOn(sequence.get(0))
        || !words.endsInWord(text.get(from - 1));
  }
}
