package io.lexiscope.train;

import java.util.List;

/// Is told how a training run goes; on the thread that trains.
public interface TrainingListener {
  /// Called after every row of the loss curve.
  ///
  /// @return false to stop: a checkpoint is written and the run can be resumed
  boolean progress(TrainingProgress progress);

  /// Asked after every step.
  ///
  /// @return false to stop: a checkpoint is written and the run can be resumed
  default boolean goesOn() {
    return true;
  }

  /// Called after an evaluation on held-out questions.
  ///
  /// @param step steps done
  /// @param metrics what was measured
  default void evaluated(int step, List<Metric> metrics) {}

  /// A listener that hears nothing and never stops a run.
  static TrainingListener silent() {
    return progress -> true;
  }
}
