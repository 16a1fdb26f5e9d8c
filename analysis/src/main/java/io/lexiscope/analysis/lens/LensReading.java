package io.lexiscope.analysis.lens;

import io.lexiscope.model.reading.TargetReading;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.reading.VectorReading;
import java.util.List;

/// What one vector reads as.
///
/// @param place where it stood
/// @param reading its words
public record LensReading(LensPlace place, VectorReading reading) {

  /// Euclidean length of the vector as it stood, before any norm.
  public double norm() {
    return reading.norm();
  }

  /// Entropy of the softmax over the vocabulary, in nats.
  public double entropy() {
    return reading.entropy();
  }

  /// The words with the largest logits, largest first.
  public List<TokenReading> top() {
    return reading.top();
  }

  /// The words with the smallest logits, smallest first.
  public List<TokenReading> bottom() {
    return reading.bottom();
  }

  /// One entry per requested word, in the order of the request.
  public List<TargetReading> targets() {
    return reading.targets();
  }

  /// Softmax probability of all words that are not in [#top].
  public double otherMass() {
    return Math.max(0, 1 - top().stream().mapToDouble(TokenReading::probability).sum());
  }
}
