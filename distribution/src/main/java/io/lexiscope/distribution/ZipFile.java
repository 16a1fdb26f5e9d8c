package io.lexiscope.distribution;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/// Zips that keep who may start a file.
final class ZipFile {
  /// The same for every file, so that the same content gives the same bytes.
  private static final FileTime TIME = FileTime.fromMillis(1_767_225_600_000L);

  private ZipFile() {}

  /// Writes a zip.
  ///
  /// @param zip replaced if it exists
  /// @param root name of the one folder in it
  static void write(Path zip, String root, List<Item> items) throws IOException {
    Files.createDirectories(zip.toAbsolutePath().getParent());
    Files.deleteIfExists(zip);
    // Jars are compressed already, and they are nearly all of it.
    var stored =
        Map.of(
            "create", "true", "enablePosixFileAttributes", "true", "compressionMethod", "STORED");
    try (var files = FileSystems.newFileSystem(uri(zip), stored)) {
      for (var item : items) {
        var to = files.getPath("/", root, item.name());
        Files.createDirectories(to.getParent());
        Files.copy(item.file(), to);
        Files.setLastModifiedTime(to, TIME);
        Files.setPosixFilePermissions(
            to, PosixFilePermissions.fromString(item.executable() ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  /// Unpacks a zip with the permissions it names.
  static void unpack(Path zip, Path into) throws IOException {
    try (var files =
            FileSystems.newFileSystem(uri(zip), Map.of("enablePosixFileAttributes", "true"));
        var entries = Files.walk(files.getPath("/"))) {
      for (var entry : (Iterable<Path>) entries::iterator) {
        var to = into.resolve(entry.toString().substring(1));
        if (Files.isDirectory(entry)) {
          Files.createDirectories(to);
        } else {
          Files.copy(entry, to);
          Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(entry));
        }
      }
    }
  }

  private static URI uri(Path zip) {
    return URI.create("jar:" + zip.toUri());
  }
}
