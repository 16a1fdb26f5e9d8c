package io.lexiscope.cli.terminal;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes a result's files whole or not at all.
public final class OutputFiles {
  private OutputFiles() {}

  /// Refuses a file whose folder is not there, before any work is done.
  public static void requireFolder(String option, @Nullable Path file) {
    Path folder = file == null ? null : file.toAbsolutePath().getParent();
    if (file != null && (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file))) {
      throw new UsageException(option + ": expected a file in a folder that exists, got " + file);
    }
  }

  public static void write(Path file, String content) {
    try {
      WholeFile.write(file, content);
    } catch (IOException unwritable) {
      throw new UsageException(
          "write: expected a file that can be written, got "
              + OneLine.of(unwritable)
              + " at "
              + file);
    }
  }
}
