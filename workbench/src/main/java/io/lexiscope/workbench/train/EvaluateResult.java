package io.lexiscope.workbench.train;

import io.lexiscope.base.Estimate;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The quality of a model on the held-out questions of its task.
///
/// @param model the model
/// @param metrics measured qualities by name
/// @param seconds wall-clock time of the measurement
/// @param provenance where the numbers come from
public record EvaluateResult(
    String model, Map<String, Estimate> metrics, double seconds, Provenance provenance)
    implements Result {
  /// Copies the metrics.
  public EvaluateResult {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  @Override
  public String method() {
    return "Quality on held-out questions of the model's own task; nothing else it does is"
        + " measured.";
  }
}
