package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensReading.Words;
import io.lexiscope.analysis.lens.TargetReading;
import io.lexiscope.analysis.lens.TokenReading;
import java.util.List;

/// What a vector reads as in the vocabulary.
///
/// @param norm Euclidean length of the vector, before any norm of the lens
/// @param entropy of the softmax over the vocabulary, in nats
/// @param words the extreme words
/// @param targets one entry per requested word, in the order of the request
public record VectorReading(double norm, double entropy, Words words, List<TargetReading> targets) {

  /// Copies the list.
  public VectorReading {
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
}
