package io.lexiscope.model;

import io.lexiscope.tensor.VocabularyReading.TokenLogit;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// What a run says at one position: a number for every word of the vocabulary. Plain numbers, which
/// outlive the run and need no scope.
///
/// ```java
/// run.logits(-1).top(3);                // [TokenLogit[id=1214, logit=17.3], …]
/// run.logits(-1).probability(1214);     // 0.87
/// ```
public final class Logits {
  private final float[] values;
  private final double logSumExp;

  Logits(float[] values) {
    this.values = values;
    double largest = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (float value : values) {
      sum += Math.exp(value - largest);
    }
    this.logSumExp = largest + Math.log(sum);
  }

  /// Number of words in the vocabulary.
  public int size() {
    return values.length;
  }

  /// The logit of a word.
  ///
  /// @param id in the vocabulary
  public float of(int id) {
    return values[id];
  }

  /// The softmax probability of a word, 0 to 1.
  ///
  /// @param id in the vocabulary
  public double probability(int id) {
    return Math.exp(logProbability(id));
  }

  /// The logarithm of the softmax probability of a word, in nats.
  ///
  /// @param id in the vocabulary
  public double logProbability(int id) {
    return values[id] - logSumExp;
  }

  /// The likeliest word; of equals the one of the lowest id.
  public int best() {
    int best = 0;
    for (int id = 1; id < values.length; id++) {
      best = values[id] > values[best] ? id : best;
    }
    return best;
  }

  /// The likeliest words, likeliest first, ties by lower id.
  ///
  /// @param count how many at most
  public List<TokenLogit> top(int count) {
    Comparator<TokenLogit> likelier =
        Comparator.comparingDouble((TokenLogit word) -> -word.logit())
            .thenComparingInt(TokenLogit::id);
    PriorityQueue<TokenLogit> kept = new PriorityQueue<>(likelier.reversed());
    for (int id = 0; id < values.length; id++) {
      kept.add(new TokenLogit(id, values[id]));
      if (kept.size() > count) {
        kept.poll();
      }
    }
    return kept.stream().sorted(likelier).toList();
  }

  /// A fresh copy of all logits, \[vocabulary\].
  public float[] toFloats() {
    return values.clone();
  }
}
