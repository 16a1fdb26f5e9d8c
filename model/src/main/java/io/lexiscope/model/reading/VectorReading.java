package io.lexiscope.model.reading;

import java.util.List;

/// What a vector reads as in the vocabulary.
///
/// @param norm Euclidean length of the vector, before any norm of the lens
/// @param entropy of the softmax over the vocabulary, in nats
/// @param overVocabulary its logits, summarised
/// @param words the extreme words
/// @param targets one entry per requested word, in the order of the request
public record VectorReading(
    double norm,
    double entropy,
    OverVocabulary overVocabulary,
    Words words,
    List<TargetReading> targets) {

  /// Copies the list.
  public VectorReading {
    targets = List.copyOf(targets);
  }

  /// The logits of a vector, before bias and soft cap, over the whole vocabulary.
  ///
  /// @param mean what the mean word gets
  /// @param spread standard deviation; a logit above the mean by one spread has the vector score 1;
  ///   NaN for whole streams, where nobody asks for it
  public record OverVocabulary(double mean, double spread) {}

  /// The extreme words.
  ///
  /// @param top largest logits first
  /// @param bottom smallest logits first
  /// @param leftOut under-trained tokens that would stand above the last word of one of the two
  public record Words(List<TokenReading> top, List<TokenReading> bottom, int leftOut) {
    /// Copies the lists.
    public Words {
      top = List.copyOf(top);
      bottom = List.copyOf(bottom);
    }
  }

  /// The words with the largest logits, largest first.
  public List<TokenReading> top() {
    return words.top();
  }

  /// The words with the smallest logits, smallest first.
  public List<TokenReading> bottom() {
    return words.bottom();
  }
}
