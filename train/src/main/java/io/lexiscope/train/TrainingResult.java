package io.lexiscope.train;

import java.nio.file.Path;
import java.util.List;

/// How a training run ended.
///
/// @param folder the model, in Hugging Face layout
/// @param step steps done
/// @param finished whether these are all steps; if not, the run can be resumed
/// @param seconds training time, earlier parts of a resumed run included
/// @param metrics measured quality of the written model; empty if not finished
public record TrainingResult(
    Path folder, int step, boolean finished, double seconds, List<Metric> metrics) {

  /// Copies the list.
  public TrainingResult {
    metrics = List.copyOf(metrics);
  }
}
