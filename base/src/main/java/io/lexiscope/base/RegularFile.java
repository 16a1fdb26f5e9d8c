package io.lexiscope.base;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Refuses what is no file before it is opened: to open a pipe or a device may never return, and to
/// read one may never end.
public final class RegularFile {
  private RegularFile() {}

  /// A file that may be opened, or one that is not there.
  ///
  /// @return the path given
  /// @throws FileSystemException if there is something else, links followed
  public static Path check(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(
          file.toString(),
          /* other= */ null,
          Files.isDirectory(file) ? "a folder" : "a pipe or a device");
    }
    return file;
  }
}
