package io.lexiscope.tensor;

import io.lexiscope.tensor.VocabularyReading.TokenLogit;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The k largest (or smallest) logits seen so far; ties keep the lower id. Ids must be offered in
/// rising order.
public final class ExtremeLogits {
  private final int count;
  private final boolean largest;
  private final PriorityQueue<TokenLogit> kept;
  private float threshold;

  ExtremeLogits(int count, boolean largest) {
    this.count = count;
    this.largest = largest;
    this.kept = new PriorityQueue<>(Math.max(count, 1), order(largest).reversed());
    this.threshold = largest ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
  }

  /// Ids of the largest logits, largest first, ties by lower id.
  ///
  /// @param logits one for each id
  /// @param count how many ids; at most as many as there are logits
  public static int[] largest(float[] logits, int count) {
    ExtremeLogits top = new ExtremeLogits(Math.min(count, logits.length), /* largest= */ true);
    top.offerAll(logits, /* firstId= */ 0);
    return top.sorted().stream().mapToInt(TokenLogit::id).toArray();
  }

  /// log Σ exp of the logits, in nats; relative error of the sum below 10⁻⁶.
  public static double logSumExp(float[] logits) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    return max + Math.log(InferenceRows.mass(logits, max));
  }

  private static Comparator<TokenLogit> order(boolean largest) {
    Comparator<TokenLogit> byLogit = (a, b) -> Float.compare(a.logit(), b.logit());
    return (largest ? byLogit.reversed() : byLogit).thenComparingInt(TokenLogit::id);
  }

  void offerAll(float[] logits, int firstId) {
    if (count == 0) {
      return;
    }
    for (int i = 0; i < logits.length; i++) {
      float logit = logits[i];
      // Rising ids: a later equal logit never displaces an earlier one.
      boolean enters = kept.size() < count || (largest ? logit > threshold : logit < threshold);
      if (enters) {
        if (kept.size() == count) {
          kept.remove();
        }
        kept.add(new TokenLogit(firstId + i, logit));
        threshold = kept.element().logit();
      }
    }
  }

  List<TokenLogit> sorted() {
    return kept.stream().sorted(order(largest)).toList();
  }
}
