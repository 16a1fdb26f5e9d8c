package io.lexiscope.analysis.lens;

import java.util.List;
import java.util.Locale;

/// What one vector reads as.
///
/// @param place where it stood
/// @param norm Euclidean length of the vector as it stood, before any norm
/// @param entropy of the softmax over the vocabulary, in nats
/// @param words the extreme words
/// @param targets one entry per requested word, in the order of the request
public record LensReading(
    LensPlace place, double norm, double entropy, Words words, List<Target> targets) {

  /// Copies the list.
  public LensReading {
    targets = List.copyOf(targets);
  }

  /// The words with the largest logits, largest first.
  public List<Word> top() {
    return words.top();
  }

  /// The words with the smallest logits, smallest first.
  public List<Word> bottom() {
    return words.bottom();
  }

  /// Softmax probability of all words that are not in [#top].
  public double otherMass() {
    return Math.max(0, 1 - top().stream().mapToDouble(Word::probability).sum());
  }

  /// The extreme words of a reading.
  ///
  /// @param top largest logits first, ties by lower id
  /// @param bottom smallest logits first, ties by lower id
  public record Words(List<Word> top, List<Word> bottom) {
    /// Copies the lists.
    public Words {
      top = List.copyOf(top);
      bottom = List.copyOf(bottom);
    }
  }

  /// A word of a reading.
  ///
  /// @param id index into the vocabulary
  /// @param text what the token reads as, leading space kept
  /// @param probability softmax probability over the whole vocabulary
  /// @param logit the number before the softmax
  public record Word(int id, String text, double probability, double logit) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s %.2f", text, probability);
    }
  }

  /// A requested word.
  ///
  /// @param id index into the vocabulary
  /// @param text what the token reads as, leading space kept
  /// @param probability softmax probability over the whole vocabulary
  /// @param logit the number before the softmax
  /// @param rank 1 for the largest logit; equal logits rank by lower id
  public record Target(int id, String text, double probability, double logit, int rank) {}
}
