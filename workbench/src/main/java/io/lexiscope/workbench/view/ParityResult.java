package io.lexiscope.workbench.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How far the model's numbers are from reference numbers.
///
/// @param header model, tokens, provenance
/// @param passed whether every known tensor is within `atol` and none is missing or not finite
/// @param maxAbsDiff largest absolute difference of each tensor compared
/// @param unknown tensors of the file that have no counterpart here
/// @param worst the largest difference of all
/// @param atol largest absolute difference that passes
public record ParityResult(
    @JsonUnwrapped ResultHeader header,
    boolean passed,
    Map<String, Double> maxAbsDiff,
    List<String> unknown,
    double worst,
    double atol) {
  /// Copies the list; the map keeps its order.
  public ParityResult {
    maxAbsDiff = Collections.unmodifiableMap(new LinkedHashMap<>(maxAbsDiff));
    unknown = List.copyOf(unknown);
  }
}
