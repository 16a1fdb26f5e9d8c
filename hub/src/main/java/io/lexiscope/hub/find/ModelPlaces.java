package io.lexiscope.hub.find;

import java.nio.file.Path;
import java.util.List;

/// Where models are looked for, and what is made of them is kept.
///
/// @param bundled the models that are part of Lexiscope
/// @param folders folders whose folders are further models, by their names
/// @param hubCache the `hub` folder of the Hugging Face cache
/// @param defaultModel name of the model that answers when none is asked for
/// @param cache folder for what can be made again, such as search indexes; made when needed
public record ModelPlaces(
    BundledModels bundled, List<Path> folders, Path hubCache, String defaultModel, Path cache) {
  /// Places whose cache is beside the hub cache.
  public ModelPlaces(Path bundled, List<Path> folders, Path hubCache, String defaultModel) {
    this(bundled, folders, hubCache, defaultModel, hubCache.resolveSibling("lexiscope"));
  }

  /// Places whose bundled models lie ready in a folder.
  ///
  /// @param bundled folder whose folders are the bundled models
  /// @param folders folders whose folders are further models, by their names
  /// @param hubCache the `hub` folder of the Hugging Face cache
  /// @param defaultModel name of the model that answers when none is asked for
  /// @param cache folder for what can be made again, such as search indexes; made when needed
  public ModelPlaces(
      Path bundled, List<Path> folders, Path hubCache, String defaultModel, Path cache) {
    this(new FolderOfModels(bundled), folders, hubCache, defaultModel, cache);
  }

  /// Copies the list.
  public ModelPlaces {
    folders = List.copyOf(folders);
  }
}
