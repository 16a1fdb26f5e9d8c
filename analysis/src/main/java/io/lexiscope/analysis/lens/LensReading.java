package io.lexiscope.analysis.lens;

import java.util.List;

/// What one vector reads as.
///
/// @param place where it stood
/// @param norm Euclidean length of the vector as it stood, before any norm
/// @param entropy of the softmax over the vocabulary, in nats
/// @param words the extreme words
/// @param targets one entry per requested word, in the order of the request
public record LensReading(
    LensPlace place, double norm, double entropy, Words words, List<TargetReading> targets) {

  /// Copies the list.
  public LensReading {
    targets = List.copyOf(targets);
  }

  /// The words with the largest logits, largest first.
  public List<TokenReading> top() {
    return words.top();
  }

  /// The words with the smallest logits, smallest first.
  public List<TokenReading> bottom() {
    return words.bottom();
  }

  /// Softmax probability of all words that are not in [#top].
  public double otherMass() {
    return Math.max(0, 1 - top().stream().mapToDouble(TokenReading::probability).sum());
  }

  /// The extreme words of a reading.
  ///
  /// @param top largest logits first, ties by lower id
  /// @param bottom smallest logits first, ties by lower id
  public record Words(List<TokenReading> top, List<TokenReading> bottom) {
    /// Copies the lists.
    public Words {
      top = List.copyOf(top);
      bottom = List.copyOf(bottom);
    }
  }
}
