package io.lexiscope.library;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lexiscope.base.Digest;
import io.lexiscope.base.WholeFile;
import io.lexiscope.hub.HubException;
import io.lexiscope.hub.HubProblem;
import io.lexiscope.hub.find.BundledModels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The bundled models of the class path, each unpacked into the cache folder when it is first asked
/// for.
///
/// The folder is named by the hash of what is in it, and appears under its name only when every
/// file is there and has the hash that the index says. So another version has a folder of its own,
/// and a process that ends halfway leaves none behind that looks whole.
final class PackedModels implements BundledModels {
  private static final String ROOT = "/io/lexiscope/models/";
  private static final String INDEX = "index.txt";

  private final Map<String, List<Entry>> models;
  private final Function<String, @Nullable InputStream> resources;
  private final Path cache;

  /// One file of a model.
  private record Entry(String hash, long bytes, String file) {}

  /// Models of an index.
  ///
  /// @param index lines of SHA-256, bytes and `model/file`
  /// @param resources the bytes of `model/file`; null where there are none
  /// @param cache folder for the unpacked ones; need not exist
  PackedModels(String index, Function<String, @Nullable InputStream> resources, Path cache) {
    this.resources = resources;
    this.cache = cache;
    this.models = new TreeMap<>();
    index
        .lines()
        .map(line -> line.split(" ", 3))
        .forEach(
            line -> {
              var slash = line[2].indexOf('/');
              models
                  .computeIfAbsent(line[2].substring(0, slash), _ -> new ArrayList<>())
                  .add(new Entry(line[0], Long.parseLong(line[1]), line[2].substring(slash + 1)));
            });
  }

  /// Those of the artifact `lexiscope-models`; none where it is not on the class path.
  static PackedModels ofClassPath(Path cache) {
    Function<String, @Nullable InputStream> resources =
        name -> PackedModels.class.getResourceAsStream(ROOT + name);
    try (var index = resources.apply(INDEX)) {
      var text = index == null ? "" : new String(index.readAllBytes(), UTF_8);
      return new PackedModels(text, resources, cache);
    } catch (IOException e) {
      throw failed("to read the list of bundled models", e.toString(), e);
    }
  }

  @Override
  public List<String> names() {
    return List.copyOf(models.keySet());
  }

  @Override
  public Optional<Path> folder(String name) {
    return Optional.ofNullable(models.get(name)).map(files -> folder(name, files));
  }

  private Path folder(String name, List<Entry> files) {
    var folder = cache.resolve(contentHash(files)).resolve(name);
    try {
      if (!isWhole(folder, files)) {
        unpack(name, files, folder);
      }
      return folder;
    } catch (IOException e) {
      throw failed("to unpack it into " + folder, e.toString(), e);
    }
  }

  private static String contentHash(List<Entry> files) {
    var digest = Digest.sha256();
    files.forEach(file -> digest.add(file.hash() + " " + file.file() + "\n"));
    return digest.hex().substring(0, 16);
  }

  private static boolean isWhole(Path folder, List<Entry> files) throws IOException {
    for (var file : files) {
      if (!isWhole(folder, file)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(Path folder, Entry file) throws IOException {
    var path = folder.resolve(file.file());
    return Files.isRegularFile(path) && Files.size(path) == file.bytes();
  }

  private void unpack(String name, List<Entry> files, Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    var part = Files.createTempDirectory(folder.getParent(), name + ".");
    try {
      for (var file : files) {
        copy(name, file, part.resolve(file.file()));
      }
      try {
        WholeFile.move(part, folder);
      } catch (FileSystemException e) {
        if (!Files.isDirectory(folder)) {
          throw e;
        }
        // Another was quicker, or some of its files were deleted or cut short. What is whole stays:
        // others may be reading it.
        for (var file : files) {
          if (!isWhole(folder, file)) {
            WholeFile.move(part.resolve(file.file()), folder.resolve(file.file()));
          }
        }
      }
    } finally {
      delete(part);
    }
  }

  private void copy(String name, Entry file, Path to) throws IOException {
    byte[] bytes;
    try (var in = resources.apply(name + "/" + file.file())) {
      if (in == null) {
        throw failed("its file " + file.file() + " on the class path", "none", /* cause= */ null);
      }
      bytes = in.readAllBytes();
    }
    var hash = Digest.sha256().add(bytes).hex();
    if (!hash.equals(file.hash())) {
      throw failed(
          "its file " + file.file() + " with the hash " + file.hash(), hash, /* cause= */ null);
    }
    Files.write(to, bytes);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static HubException failed(String expected, String got, @Nullable Throwable cause) {
    return new HubException(
        HubProblem.FAILED,
        "bundled model: expected "
            + expected
            + ", got "
            + got
            + "; check the artifact lexiscope-models, and set LEXISCOPE_CACHE to a folder with room that can be written",
        "model",
        cause);
  }
}
