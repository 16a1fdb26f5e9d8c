package io.lexiscope.tensor;

import io.lexiscope.base.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Native libraries that the binding has found before, for the next process to load without a
/// search.
///
/// The binding looks for some sixty libraries of every platform in the class path, in its cache and
/// in the system, which takes longer than loading the ten that are there. A record names those, in
/// the order in which they need each other, with size and time of change: what is no longer as it
/// was is looked for again.
///
/// @param files in the order of loading
record NativeLibraries(List<Path> files) {
  /// Names by which the binding knows what libtorch needs here, in the order in which they need
  /// each other. Instructions of MKL for other processors are left to MKL, which picks its own.
  private static final List<String> ORDER =
      List.of(
          "iomp5",
          "mkl_core",
          "mkl_rt",
          "jnijavacpp",
          "openblas",
          "gomp",
          "c10",
          "torch_cpu",
          "torch",
          "jnitorch");

  private static final List<String> NEEDED = List.of("jnijavacpp", "c10", "torch_cpu", "jnitorch");

  /// A library for GPUs among those found: then more is needed than what is listed here.
  private static final List<String> BEYOND = List.of("c10_cuda", "torch_cuda");

  NativeLibraries {
    files = List.copyOf(files);
  }

  /// What is worth recording of the libraries that the binding loaded.
  ///
  /// @param loaded paths by the binding's names, such as `gomp@.1`
  static Optional<NativeLibraries> among(Map<String, String> loaded) {
    Map<String, String> byName = new java.util.HashMap<>();
    loaded.forEach((name, path) -> byName.put(name.replaceFirst("@.*", ""), path));
    if (!byName.keySet().containsAll(NEEDED) || BEYOND.stream().anyMatch(byName::containsKey)) {
      return Optional.empty();
    }
    return Optional.of(
        new NativeLibraries(
            ORDER.stream().filter(byName::containsKey).map(n -> Path.of(byName.get(n))).toList()));
  }

  /// Reads a record.
  ///
  /// @return nothing where there is none, or a file has changed since
  static Optional<NativeLibraries> read(Path record) {
    List<Path> files = new ArrayList<>();
    try {
      if (!Files.isRegularFile(record)) {
        return Optional.empty();
      }
      for (String line : Files.readAllLines(record, StandardCharsets.UTF_8)) {
        int end = line.indexOf('\t');
        Path file = Path.of(line.substring(end + 1));
        if (end < 0 || !line.equals(describe(file))) {
          return Optional.empty();
        }
        files.add(file);
      }
    } catch (IOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
    return files.isEmpty() ? Optional.empty() : Optional.of(new NativeLibraries(files));
  }

  /// Writes a record, whole or not at all.
  ///
  /// @return whether it was written; a folder that cannot be written to is no fault
  boolean write(Path record) {
    try {
      StringBuilder text = new StringBuilder();
      for (Path file : files) {
        text.append(describe(file)).append('\n');
      }
      WholeFile.write(record, text.toString());
      return true;
    } catch (IOException unwritable) {
      return false;
    }
  }

  private static String describe(Path file) throws IOException {
    return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis() + "\t" + file;
  }

  /// Loads them.
  ///
  /// @throws UnsatisfiedLinkError if one cannot be loaded
  @SuppressWarnings("restricted") // what the binding would load itself
  void load() {
    for (Path file : files) {
      System.load(file.toString());
    }
  }
}
