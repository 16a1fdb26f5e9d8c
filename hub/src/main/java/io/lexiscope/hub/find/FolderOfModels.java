package io.lexiscope.hub.find;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Models that lie ready, each in a folder, or GGUF file, of its name.
///
/// @param parent the folder of the folders; need not exist
public record FolderOfModels(Path parent) implements BundledModels {
  private static final String CONFIG = "config.json";
  private static final String GGUF = ".gguf";

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

  /// Whether a path holds a model: a folder with `config.json` or with a GGUF file, or such a file.
  static boolean isModel(Path path) {
    return isGguf(path) || Files.isRegularFile(path.resolve(CONFIG)) || holdsGguf(path);
  }

  private static boolean isGguf(Path path) {
    return fileName(path).endsWith(GGUF) && Files.isRegularFile(path);
  }

  private static boolean holdsGguf(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var files = Files.list(folder)) {
      return files.anyMatch(FolderOfModels::isGguf);
    } catch (IOException e) {
      return false;
    }
  }

  private static String fileName(Path folder) {
    return String.valueOf(folder.getFileName());
  }
}
