package io.lexiscope.analysis.survey;

/// How a survey is made.
///
/// @param k leading words of each vector that are compared; fewer where the vocabulary is smaller
/// @param heads the longest heads of a layer, whose words are compared
/// @param words listed of each norm and neuron
/// @param rule which neurons count as always active
/// @param seed of the random vectors
public record SurveyPlan(int k, int heads, int words, ActiveRule rule, long seed) {
  /// Checks the counts.
  ///
  /// @throws SurveyException if one is below 1
  public SurveyPlan {
    for (int count : new int[] {k, heads, words}) {
      if (count < 1) {
        throw new SurveyException(
            "survey: expected at least 1 word and head, got %d; 50 words and 3 heads are usual"
                .formatted(count));
      }
    }
  }

  /// Which neurons count as always active.
  ///
  /// @param top share of the neurons of a layer that count as its most active, 0 to 1
  /// @param prompts share of the prompts in which a neuron must be among them, 0 to 1
  public record ActiveRule(double top, double prompts) {
    /// Checks the shares.
    ///
    /// @throws SurveyException if one is not above 0 and at most 1
    public ActiveRule {
      for (double share : new double[] {top, prompts}) {
        if (!(share > 0 && share <= 1)) {
          throw new SurveyException(
              "survey: expected a share above 0 and at most 1, got %s; 100 of 4,096 in 0.85 of the prompts are usual"
                  .formatted(share));
        }
      }
    }
  }

  /// As published: 50 words, 3 heads; 100 of 4,096 neurons in 85 % of the prompts.
  public static SurveyPlan published() {
    return new SurveyPlan(
        /* k= */ 50, /* heads= */ 3, /* words= */ 8, new ActiveRule(100.0 / 4096, 0.85), 0);
  }
}
