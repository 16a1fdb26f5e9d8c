package io.lexiscope.model.generate;

import io.lexiscope.base.Seeded;
import io.lexiscope.tensor.ExtremeLogits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Chooses a next token from logits.
final class TokenChooser {
  private final Decoding.Strategy strategy;
  private final RandomGenerator random;

  TokenChooser(Decoding.Strategy strategy) {
    this.strategy = strategy;
    long seed = strategy instanceof Decoding.Strategy.Sampled sampled ? sampled.seed() : 0;
    this.random = Seeded.LXM.from(seed);
  }

  Generation.Step choose(float[] logits, int alternatives) {
    double logSumExp = logSumExp(logits);
    int id =
        switch (strategy) {
          case Decoding.Strategy.Greedy _ -> argmax(logits);
          case Decoding.Strategy.Sampled sampled -> draw(logits, sampled);
          case Decoding.Strategy.Beams _ ->
              throw new GenerationException(
                  "generate: expected a token to be chosen by itself, got a beam search");
        };
    List<Generation.Alternative> others = new ArrayList<>();
    if (alternatives > 0) {
      for (int other : ExtremeLogits.largest(logits, alternatives)) {
        others.add(new Generation.Alternative(other, Math.exp(logits[other] - logSumExp)));
      }
    }
    return new Generation.Step(id, Math.exp(logits[id] - logSumExp), logits[id], others);
  }

  /// The logarithm of the sum of exponentials.
  ///
  /// @throws GenerationException if a logit is not a number or infinite: no word follows from it
  static double logSumExp(float[] logits) {
    double sum = ExtremeLogits.logSumExp(logits);
    if (!Double.isFinite(sum)) {
      throw new GenerationException(
          "generate: expected finite logits for the next token, got %s; weights or an intervention are not finite, and `lens` names the first place"
              .formatted(sum));
    }
    return sum;
  }

  private int draw(float[] logits, Decoding.Strategy.Sampled sampled) {
    boolean all = sampled.topK() == 0 && sampled.topP() == 1;
    int keep = sampled.topK() == 0 ? logits.length : Math.min(sampled.topK(), logits.length);
    int[] candidates =
        all ? IntStream.range(0, logits.length).toArray() : ExtremeLogits.largest(logits, keep);
    double max = logits[all ? argmax(logits) : candidates[0]];
    double[] weights = new double[candidates.length];
    Arrays.setAll(weights, i -> Math.exp((logits[candidates[i]] - max) / sampled.temperature()));
    double total = Arrays.stream(weights).sum();
    int count = candidates.length;
    if (sampled.topP() < 1) {
      double kept = 0;
      count = 0;
      while (count < weights.length && kept < sampled.topP() * total) {
        kept += weights[count++];
      }
      total = kept;
    }
    double point = random.nextDouble() * total;
    for (int i = 0; i < count - 1; i++) {
      point -= weights[i];
      if (point < 0) {
        return candidates[i];
      }
    }
    return candidates[count - 1];
  }

  private static int argmax(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }
}
