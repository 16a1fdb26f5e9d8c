package io.lexiscope.workbench.shelf;

import java.nio.file.Path;
import java.util.List;

/// Where models are looked for.
///
/// @param bundled folder whose folders are the bundled models
/// @param folders folders whose folders are further models, by their names
/// @param hubCache the `hub` folder of the Hugging Face cache
/// @param defaultModel name of the model that answers when none is asked for
public record ModelPlaces(Path bundled, List<Path> folders, Path hubCache, String defaultModel) {
  /// Copies the list.
  public ModelPlaces {
    folders = List.copyOf(folders);
  }
}
