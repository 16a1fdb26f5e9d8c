package io.lexiscope.workbench.models;

import io.lexiscope.workbench.ask.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models at hand.
///
/// @param models bundled ones first, then local, then cached
/// @param defaultModel name of the model that answers when none is asked for; absent when there is
///   none
public record ModelsResult(List<ModelEntry> models, @Nullable String defaultModel)
    implements Result {
  /// Copies the list.
  public ModelsResult {
    models = List.copyOf(models);
  }

  @Override
  public String method() {
    return "Read from configurations; weights are not opened, so that a damaged file is not"
        + " noticed.";
  }
}
