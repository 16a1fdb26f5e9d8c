package io.lexiscope.analysis.edit;

/// What became of one question.
///
/// @param wanted −log p of the answer it should get, nats
/// @param other −log p of the answer it should not get, nats
/// @param exact whether every token of the wanted answer is the likeliest
/// @param accuracy share of its tokens that are
/// @param said the likeliest token, an id
public record ProbeScore(double wanted, double other, boolean exact, double accuracy, int said) {
  static ProbeScore of(AnswerScore wanted, AnswerScore other) {
    return new ProbeScore(
        -wanted.logProbability(),
        -other.logProbability(),
        wanted.exact(),
        wanted.accuracy(),
        wanted.said());
  }

  /// Whether the wanted answer is the likelier of the two.
  public boolean success() {
    return wanted < other;
  }
}
