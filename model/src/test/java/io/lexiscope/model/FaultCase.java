package io.lexiscope.model;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/// Tiny model folders that were once read wrongly; each has a `case.md` that says what is right.
public enum FaultCase {
  BOS_WITHOUT_POSTPROCESSOR,
  EOS_LIST,
  LONGROPE_SWITCH,
  NAN_GENERATE,
  SOFTCAP_ATTRIBUTION,
  TOKENS_ONLY_IN_CONFIG,
  UNUSED_WEIGHTS;

  /// The folder of its model; a copy of it, until the process ends, where the class path has it in
  /// a jar.
  public Path folder() {
    var root = "/faults/" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "/model";
    try {
      var config =
          Objects.requireNonNull(FaultCase.class.getResource(root + "/config.json"), root).toURI();
      if (!config.getScheme().equals("jar")) {
        return Objects.requireNonNull(Path.of(config).getParent());
      }
      var place = config.getSchemeSpecificPart();
      try (var jar =
          FileSystems.newFileSystem(Path.of(URI.create(place.substring(0, place.indexOf("!/")))))) {
        return copy(jar.getPath(root));
      }
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException(name(), e);
    }
  }

  private Path copy(Path folder) throws IOException {
    var copy = Files.createTempDirectory(name());
    copy.toFile().deleteOnExit();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        var to = copy.resolve(file.getFileName().toString());
        Files.copy(file, to);
        to.toFile().deleteOnExit();
      }
    }
    return copy;
  }

  /// Its model, opened.
  @com.google.errorprone.annotations.MustBeClosed
  public LanguageModel open() {
    return LanguageModel.open(folder());
  }
}
