package io.lexiscope.analysis.exit;

import io.lexiscope.model.generate.ExitPoint;
import java.util.Arrays;

/// Leaves after a layer when the likeliest token there has at least so much probability.
///
/// @see <a href="https://arxiv.org/abs/2207.07061">Schuster et al. 2022, §3.2</a>, softmax-based
///   confidence; here the largest probability itself
public final class ConfidenceRule implements LearnedRule {
  private final double[] thresholds;

  private ConfidenceRule(double[] thresholds) {
    this.thresholds = thresholds;
  }

  /// The same threshold after every layer.
  ///
  /// @param threshold probability from 0 to 1
  /// @throws ExitException if it is not such a number
  public static ConfidenceRule of(double threshold, int layers) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new ExitException(
          "exit: expected a confidence from 0 to 1, got %s".formatted(threshold));
    }
    double[] all = new double[layers - 1];
    Arrays.fill(all, threshold);
    return new ConfidenceRule(all);
  }

  /// A threshold for each layer but the last.
  ///
  /// @param thresholds probabilities; above 1 where the layer is not looked at
  public static ConfidenceRule of(double... thresholds) {
    return new ConfidenceRule(thresholds.clone());
  }

  /// The threshold after each layer but the last.
  public double[] thresholds() {
    return thresholds.clone();
  }

  @Override
  public boolean looksAt(int layer) {
    return layer < thresholds.length && thresholds[layer] <= 1;
  }

  @Override
  public boolean readsCoefficients() {
    return false;
  }

  @Override
  public boolean leaves(ExitPoint here) {
    return reaches(here.logits(), thresholds[here.layer()]);
  }

  @Override
  public boolean leaves(int layer, ExitTraces.Sight sight) {
    return looksAt(layer) && sight.confidence() >= thresholds[layer];
  }

  /// Whether the largest probability is at least the threshold: Σ exp(z − max z) ≤ 1 / threshold.
  static boolean reaches(float[] logits, double threshold) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double limit = 1 / threshold;
    double sum = 0;
    for (float logit : logits) {
      float below = logit - max;
      // exp(-40) of each of a million words adds less than 1e-11.
      if (!(below <= -40)) {
        sum += Math.exp(below);
        if (sum > limit) {
          return false;
        }
      }
    }
    return sum <= limit;
  }
}
