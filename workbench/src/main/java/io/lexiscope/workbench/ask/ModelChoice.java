package io.lexiscope.workbench.ask;

import org.jspecify.annotations.Nullable;

/// Which model answers, and how its weights are held.
///
/// @param model a bundled name, a Hugging Face folder, or a hub id already in the local cache; the
///   default model when absent
/// @param dtype element type to compute in, `float32` or `bf16`; `float32` when absent
/// @param device where to compute, `cpu` or `cuda`; `cpu` when absent
public record ModelChoice(@Nullable String model, @Nullable String dtype, @Nullable String device) {
  /// The given model in its default precision on the default device.
  public static ModelChoice of(@Nullable String model) {
    return new ModelChoice(model, /* dtype= */ null, /* device= */ null);
  }
}
