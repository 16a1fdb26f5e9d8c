package io.lexiscope.tensor.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// The folder of real models and data that is not part of the project, named by `LEXISCOPE_ASSETS`.
public final class Assets {
  private Assets() {}

  /// A file or folder of the assets; skips the calling test where the variable is not set.
  ///
  /// @throws IllegalStateException if the variable names a folder that lacks it
  public static Path require(String relative) {
    String root = System.getenv("LEXISCOPE_ASSETS");
    Assumptions.assumeTrue(
        root != null && !root.isEmpty(), "LEXISCOPE_ASSETS is not set; needs " + relative);
    Path given = Path.of(root);
    String repository = System.getenv("LEXISCOPE_REPOSITORY");
    Path base = repository == null ? Path.of("") : Path.of(repository);
    Path path = (given.isAbsolute() ? given : base.resolve(given)).resolve(relative).normalize();
    if (!Files.exists(path)) {
      throw new IllegalStateException(
          "assets: expected " + relative + " in LEXISCOPE_ASSETS=" + root + ", got no such file");
    }
    return path;
  }
}
