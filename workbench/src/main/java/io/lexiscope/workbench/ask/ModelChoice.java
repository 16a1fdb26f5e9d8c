package io.lexiscope.workbench.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which model answers, and how its weights are held.
///
/// @param model a bundled name, a Hugging Face folder, or a hub id already in the local cache; the
///   default model when absent
/// @param dtype element type to compute in, `float32` or `bf16`; `float32` when absent
/// @param device where to compute, `cpu` or `cuda`; `cpu` when absent
/// @param patches laid over its weights, in their order; none when absent
public record ModelChoice(
    @Nullable String model,
    @Nullable String dtype,
    @Nullable String device,
    @Nullable List<PatchSpec> patches) {
  /// Copies the list.
  public ModelChoice {
    patches = patches == null ? null : List.copyOf(patches);
  }

  /// A model as it is.
  public ModelChoice(@Nullable String model, @Nullable String dtype, @Nullable String device) {
    this(model, dtype, device, /* patches= */ null);
  }

  /// The given model in its default precision on the default device.
  public static ModelChoice of(@Nullable String model) {
    return new ModelChoice(model, /* dtype= */ null, /* device= */ null);
  }
}
