package io.lexiscope.model.source;

import io.lexiscope.base.RegularFile;
import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.gguf.GgufParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which kind of source a path is.
final class SourcePaths {
  private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);

  private SourcePaths() {}

  /// The GGUF file that a path means, if it means one.
  ///
  /// @throws ConfigException if it is a folder that holds several
  static Optional<Path> gguf(Path path) {
    if (Files.isRegularFile(path)) {
      return named(path) || marked(path) ? Optional.of(path) : Optional.empty();
    }
    if (!Files.isDirectory(path) || Files.exists(path.resolve("config.json"))) {
      return Optional.empty();
    }
    List<Path> found = models(path);
    if (found.size() > 1) {
      throw new ConfigException(
          "model: expected one GGUF file, got %s in %s; name the file"
              .formatted(
                  found.stream()
                      .map(file -> String.valueOf(file.getFileName()))
                      .collect(Collectors.joining(", ")),
                  path));
    }
    return found.stream().findFirst();
  }

  /// The models of a folder, a split one once, by its first part.
  private static List<Path> models(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(SourcePaths::named)
          .filter(Files::isRegularFile)
          .map(GgufParts::first)
          .distinct()
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static boolean named(Path path) {
    return String.valueOf(path.getFileName()).endsWith(".gguf");
  }

  /// Files of a cache may be named by their hash.
  private static boolean marked(Path file) {
    try (var in = Files.newInputStream(RegularFile.check(file))) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (IOException unreadable) {
      return false;
    }
  }
}
