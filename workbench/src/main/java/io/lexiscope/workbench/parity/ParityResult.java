package io.lexiscope.workbench.parity;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far the model's numbers are from reference numbers, or from each other.
///
/// @param header model, tokens, provenance
/// @param passed whether every known tensor is within `atol` and none is missing or not finite;
///   without a file, whether every check passed
/// @param maxAbsDiff largest absolute difference of each tensor or check compared
/// @param unknown tensors of the file that have no counterpart here
/// @param worst the largest difference of all
/// @param atol largest absolute difference that passes; absent where each check has its own
/// @param checks the checks that need no file; absent when a file was compared
public record ParityResult(
    @JsonUnwrapped ResultHeader header,
    boolean passed,
    Map<String, Double> maxAbsDiff,
    List<String> unknown,
    double worst,
    @Nullable Double atol,
    @Nullable List<SelfCheckView> checks)
    implements Result {
  /// Copies the lists; the map keeps its order.
  public ParityResult {
    maxAbsDiff = Collections.unmodifiableMap(new LinkedHashMap<>(maxAbsDiff));
    unknown = List.copyOf(unknown);
    checks = checks == null ? null : List.copyOf(checks);
  }

  @Override
  public String method() {
    return "Distances on one prompt within a tolerance; longer prompts, other words and what no"
        + " reference names are not compared.";
  }
}
