package io.lexiscope.workbench.models;

import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// That the workbench is up.
///
/// @param status `ok`
/// @param codeVersion version of Lexiscope
/// @param jvm version of the Java runtime
/// @param openModels names of the models held open
/// @param uptimeSeconds seconds since the workbench was started
public record HealthResult(
    String status, String codeVersion, String jvm, List<String> openModels, double uptimeSeconds)
    implements Result {
  /// Copies the list.
  public HealthResult {
    openModels = List.copyOf(openModels);
  }

  @Override
  public String method() {
    return "That the workbench answers is all this says; whether a model can be opened is not"
        + " tried.";
  }
}
