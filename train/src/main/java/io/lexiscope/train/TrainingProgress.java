package io.lexiscope.train;

/// Where a training run is.
///
/// @param step steps done
/// @param steps steps in all
/// @param loss mean loss since the last report, in nats (or squared units of the target)
/// @param learningRate of the last step
/// @param pace how fast it goes
public record TrainingProgress(int step, int steps, double loss, double learningRate, Pace pace) {

  /// How fast a run goes.
  ///
  /// @param tokensPerSecond tokens read in a second, since the last report
  /// @param secondsSpent time spent so far, earlier parts of a resumed run included
  /// @param secondsLeft estimate of the time to the last step
  public record Pace(double tokensPerSecond, double secondsSpent, double secondsLeft) {}
}
