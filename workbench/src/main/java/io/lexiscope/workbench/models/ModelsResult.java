package io.lexiscope.workbench.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models at hand.
///
/// @param models bundled ones first, then local, then cached
/// @param defaultModel name of the model that answers when none is asked for; absent when there is
///   none
public record ModelsResult(List<ModelEntry> models, @Nullable String defaultModel) {
  /// Copies the list.
  public ModelsResult {
    models = List.copyOf(models);
  }
}
