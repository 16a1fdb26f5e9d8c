package io.lexiscope.workbench.ask;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A change of low rank to one matrix of a model, `W + Σ inputᵀ·output`, as it stands in files and
/// requests.
///
/// @param target the matrix, such as `blocks.3.mlp.W_out`
/// @param terms their number is the rank at most
/// @param name what people call it; may be absent
/// @param method how it was made, such as `forward-shift`; may be absent
/// @param model identity of the model it was made on; may be absent
/// @param settings of the method, by name; may be absent
public record PatchSpec(
    String target,
    List<PatchTermSpec> terms,
    @Nullable String name,
    @Nullable String method,
    @Nullable String model,
    @Nullable Map<String, String> settings) {
  /// Copies the lists.
  public PatchSpec {
    terms = List.copyOf(terms);
    settings = settings == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
