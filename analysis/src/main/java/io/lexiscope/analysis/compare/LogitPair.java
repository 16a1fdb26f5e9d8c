package io.lexiscope.analysis.compare;

import io.lexiscope.tensor.ExtremeLogits;
import java.util.Arrays;
import java.util.List;

/// The logits of one position before and after, and what can be said of the two distributions. All
/// sums are taken in double precision.
public final class LogitPair {
  private final Side before;
  private final Side after;

  /// Which of the two.
  private static final class Side {
    private final float[] logits;
    private final double logSumExp;

    Side(float[] logits) {
      this.logits = logits.clone();
      this.logSumExp = logSumExpWithout(logits, /* left= */ -1);
    }

    double logProbability(int id) {
      return logits[id] - logSumExp;
    }

    Word word(int id) {
      int rank = 1;
      for (float logit : logits) {
        rank += logit > logits[id] ? 1 : 0;
      }
      return new Word(
          id,
          logits[id],
          rank,
          logProbability(id),
          logits[id] - logSumExpWithout(logits, /* left= */ id));
    }

    List<Word> top(int count) {
      return Arrays.stream(ExtremeLogits.largest(logits, count)).mapToObj(this::word).toList();
    }
  }

  /// A word in one of the distributions.
  ///
  /// @param id index into the vocabulary
  /// @param logit the score before the softmax
  /// @param rank 1 for the highest logit; ties count in its favour
  /// @param logProbability of the whole vocabulary's softmax, nats
  /// @param logOdds log(p / (1 − p)), nats, exact also where p rounds to 1
  public record Word(int id, double logit, int rank, double logProbability, double logOdds) {
    /// Softmax probability, 0 to 1.
    public double probability() {
      return Math.exp(logProbability);
    }
  }

  private LogitPair(float[] before, float[] after) {
    this.before = new Side(before);
    this.after = new Side(after);
  }

  /// Two readings of the same vocabulary.
  ///
  /// @param before \[vocabulary\] logits
  /// @param after \[vocabulary\] logits
  /// @throws IllegalArgumentException if there is no logit or the lengths differ
  public static LogitPair of(float[] before, float[] after) {
    if (before.length == 0 || before.length != after.length) {
      throw new IllegalArgumentException(
          "LogitPair: expected two equally long lists of logits, got %d and %d"
              .formatted(before.length, after.length));
    }
    return new LogitPair(before, after);
  }

  /// A word before.
  public Word before(int id) {
    return before.word(id);
  }

  /// A word after.
  public Word after(int id) {
    return after.word(id);
  }

  /// The likeliest words before, likeliest first, ties by lower id.
  public List<Word> topBefore(int count) {
    return before.top(count);
  }

  /// The likeliest words after, likeliest first, ties by lower id.
  public List<Word> topAfter(int count) {
    return after.top(count);
  }

  /// Kullback–Leibler divergence D(before ‖ after) = Σ p log(p / q), nats.
  public double kl() {
    return divergence(before, after);
  }

  /// D(after ‖ before), nats.
  public double reverseKl() {
    return divergence(after, before);
  }

  /// Half the summed absolute difference of probabilities, 0 to 1.
  public double totalVariation() {
    double sum = 0;
    for (int id = 0; id < before.logits.length; id++) {
      sum += Math.abs(Math.exp(before.logProbability(id)) - Math.exp(after.logProbability(id)));
    }
    return sum / 2;
  }

  private static double divergence(Side p, Side q) {
    double sum = 0;
    for (int id = 0; id < p.logits.length; id++) {
      double logP = p.logProbability(id);
      double probability = Math.exp(logP);
      if (probability != 0) {
        sum += probability * (logP - q.logProbability(id));
      }
    }
    // Rounding may take equal distributions below 0; NaN stays.
    return sum < 0 && sum > -1e-12 ? 0 : sum;
  }

  /// @param left an id that does not count, or −1
  private static double logSumExpWithout(float[] logits, int left) {
    double max = Double.NEGATIVE_INFINITY;
    for (int id = 0; id < logits.length; id++) {
      max = id == left ? max : Math.max(max, logits[id]);
    }
    if (Double.isInfinite(max)) {
      return max;
    }
    double sum = 0;
    for (int id = 0; id < logits.length; id++) {
      sum += id == left ? 0 : Math.exp(logits[id] - max);
    }
    return max + Math.log(sum);
  }
}
