package io.lexiscope.hub.find;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Models that lie ready, each in a folder of its name.
///
/// @param parent the folder of the folders; need not exist
public record FolderOfModels(Path parent) implements BundledModels {
  private static final String CONFIG = "config.json";

  @Override
  public List<String> names() {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (var children = Files.list(parent)) {
      return children
          .filter(FolderOfModels::isModel)
          .map(FolderOfModels::fileName)
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public Optional<Path> folder(String name) {
    if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
      return Optional.empty();
    }
    try {
      return Optional.of(parent.resolve(name)).filter(FolderOfModels::isModel);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  static boolean isModel(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG));
  }

  private static String fileName(Path folder) {
    return String.valueOf(folder.getFileName());
  }
}
