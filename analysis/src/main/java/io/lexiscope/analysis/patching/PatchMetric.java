package io.lexiscope.analysis.patching;

import io.lexiscope.analysis.compare.LogitPair;
import java.util.Arrays;

/// What of the output is measured.
public enum PatchMetric {
  /// The logit of the target less that of the foil.
  LOGIT_DIFFERENCE("logit-difference"),

  /// The softmax probability of the target, 0 to 1.
  PROBABILITY("probability"),

  /// Kullback–Leibler divergence D(clean ‖ patched) of the output distributions, nats.
  KL("kl"),

  /// Whether the likeliest word is the target: 0 or 1.
  ANSWER("answer");

  private final String label;

  PatchMetric(String label) {
    this.label = label;
  }

  /// The one of a name, in any case of letters.
  ///
  /// @throws PatchException if there is none
  public static PatchMetric named(String name) {
    return Arrays.stream(values())
        .filter(one -> one.label.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new PatchException(
                    "patch: expected a metric of %s, got another"
                        .formatted(Arrays.stream(values()).map(PatchMetric::label).toList())));
  }

  /// What it is called in options and results.
  public String label() {
    return label;
  }

  /// Measures what a run said.
  ///
  /// @param logits \[vocabulary\]
  /// @param pair the words that it is about
  /// @param clean \[vocabulary\] logits of the clean run
  public double of(float[] logits, PromptPair pair, float[] clean) {
    return switch (this) {
      case LOGIT_DIFFERENCE -> (double) logits[pair.target()] - logits[pair.foil()];
      case PROBABILITY -> LogitPair.of(clean, logits).after(pair.target()).probability();
      case KL -> LogitPair.of(clean, logits).kl();
      case ANSWER -> best(logits) == pair.target() ? 1 : 0;
    };
  }

  static int best(float[] logits) {
    int best = 0;
    for (int id = 1; id < logits.length; id++) {
      best = logits[id] > logits[best] ? id : best;
    }
    return best;
  }
}
