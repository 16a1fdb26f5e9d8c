package io.lexiscope.model.tokenizer;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.lexiscope.base.OneLine;
import io.lexiscope.base.WholeFile;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Loads the native tokenizers library from the class path into this JVM, once.
///
/// DJL's own loader is passed by on purpose: it reports its use to a metadata address, looks for a
/// GPU, and downloads another build of the library when it finds one. Here nothing leaves the
/// machine. The library is unpacked into the user's cache folder, or, where that cannot be written,
/// into a temporary folder.
///
/// Reads the system properties `os.name`, `os.arch` and `user.home`: which library fits and where
/// the cache is are facts about the machine, not settings.
final class NativeLibrary {
  private static final String VERSION = "0.38.0";

  private NativeLibrary() {}

  /// The entry points, with the library behind them loaded.
  ///
  /// @throws TokenizerException if there is no library for this machine
  static TokenizersLibrary entryPoints() {
    return Holder.LOADED;
  }

  private static final class Holder {
    static final TokenizersLibrary LOADED = load();
  }

  private static TokenizersLibrary load() {
    String platform =
        platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    List<String> names =
        platform.startsWith("win")
            ? List.of(
                "libwinpthread-1.dll",
                "libgcc_s_seh-1.dll",
                "libstdc++-6.dll",
                System.mapLibraryName("tokenizers"))
            : List.of(System.mapLibraryName("tokenizers"));
    Path home = Path.of(System.getProperty("user.home", "."));
    Path cache =
        home.resolve(".cache")
            .resolve("lexiscope")
            .resolve("tokenizers-" + VERSION + "-" + platform);
    for (String name : names) {
      loadOne("native/lib/" + platform + "/cpu/" + name, cache.resolve(name));
    }
    return TokenizersLibrary.LIB;
  }

  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system = os.contains("win") ? "win" : os.contains("mac") ? "osx" : "linux";
    if (os.contains("darwin")) {
      system = "osx";
    }
    String architecture =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64", "x86-64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> osArch;
        };
    return system + "-" + architecture;
  }

  @SuppressWarnings("restricted") // a native library is what this class is for
  private static void loadOne(String resource, Path cached) {
    URL url = TokenizersLibrary.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw new TokenizerException(
          "tokenizer: expected the native library %s on the class path, got none; this platform is not supported"
              .formatted(resource));
    }
    try {
      try {
        unpack(url, cached);
        System.load(cached.toAbsolutePath().toString());
      } catch (IOException | UnsatisfiedLinkError e) {
        Path folder = Files.createTempDirectory("lexiscope-tokenizers");
        Path copy = folder.resolve(cached.getFileName());
        unpack(url, copy);
        System.load(copy.toAbsolutePath().toString());
        deleteQuietly(copy);
        deleteQuietly(folder);
      }
    } catch (IOException e) {
      throw new TokenizerException(
          "tokenizer: expected to unpack the native library to %s or a temporary folder, got %s"
              .formatted(cached, OneLine.of(e)),
          e);
    }
  }

  /// Writes the resource to the target unless a file of its size is there already; another process
  /// may do the same meanwhile.
  private static void unpack(URL url, Path target) throws IOException {
    var connection = url.openConnection();
    connection.setUseCaches(false);
    try (var in = connection.getInputStream()) {
      if (Files.isRegularFile(target) && Files.size(target) == connection.getContentLengthLong()) {
        return;
      }
      Files.createDirectories(target.toAbsolutePath().getParent());
      WholeFile.write(target, part -> Files.copy(in, part));
    }
  }

  /// A library that Windows keeps open stays behind; everywhere else it goes at once.
  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }
}
