package io.lexiscope.workbench.train;

import io.lexiscope.base.Estimate;
import io.lexiscope.workbench.ask.Result;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a training run ended.
///
/// @param recipe what was trained
/// @param steps steps done
/// @param loss mean loss of the last rows of the loss curve, nats or squared units of the target
/// @param finished whether these are all steps; if not, the run can be resumed
/// @param seconds training time, earlier parts of a resumed run included
/// @param output folder of the model
/// @param metrics measured quality of the written model, by name; empty if not finished
public record TrainResult(
    String recipe,
    int steps,
    double loss,
    boolean finished,
    double seconds,
    String output,
    Map<String, Estimate> metrics)
    implements Result {
  /// Copies the metrics.
  public TrainResult {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  @Override
  public String method() {
    return "Quality on held-out examples of the task, for one seed; what the network learned to get"
        + " there is not captured.";
  }
}
