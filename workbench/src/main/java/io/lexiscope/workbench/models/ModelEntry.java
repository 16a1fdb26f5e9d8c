package io.lexiscope.workbench.models;

import io.lexiscope.hub.find.ModelOrigin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One model at hand.
///
/// @param name what to ask for it by
/// @param path its folder
/// @param source where it was found
/// @param family the architecture family, such as `gpt2`; absent when its configuration cannot be
///   read
/// @param parameters number of parameters; absent when its configuration cannot be read
/// @param layers number of blocks
/// @param dModel width of the residual stream
/// @param bytes size of its weights on disk, bytes
/// @param problem why it cannot be opened, one line; absent when nothing is known against it
/// @param examples prompts that show something on it
public record ModelEntry(
    String name,
    String path,
    ModelOrigin source,
    @Nullable String family,
    @Nullable Long parameters,
    @Nullable Integer layers,
    @Nullable Integer dModel,
    @Nullable Long bytes,
    @Nullable String problem,
    @Nullable List<ModelExample> examples) {
  /// Copies the examples.
  public ModelEntry {
    examples = examples == null ? null : List.copyOf(examples);
  }
}
