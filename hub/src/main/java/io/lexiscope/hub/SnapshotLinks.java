package io.lexiscope.hub;

import io.lexiscope.base.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Gives blobs their file names in a snapshot: by a relative symbolic link, and where there are
/// none (Windows without the right to make them) by a second name of the same file, or else by a
/// copy.
final class SnapshotLinks {
  private final List<Way> ways;

  /// One way to give a blob another name.
  interface Way {
    /// Makes `link`, which does not exist, stand for `blob`.
    ///
    /// @throws IOException when this way is not open here
    void make(Path link, Path blob) throws IOException;
  }

  private SnapshotLinks(List<Way> ways) {
    this.ways = ways;
  }

  static SnapshotLinks standard() {
    return of(List.of(SnapshotLinks::symbolic, Files::createLink, SnapshotLinks::copy));
  }

  static SnapshotLinks of(List<Way> ways) {
    return new SnapshotLinks(ways);
  }

  static void symbolic(Path link, Path blob) throws IOException {
    var folder = link.toAbsolutePath().getParent();
    Files.createSymbolicLink(
        link, folder == null ? blob : folder.relativize(blob.toAbsolutePath()));
  }

  static void copy(Path link, Path blob) throws IOException {
    Files.copy(blob, link);
  }

  /// Makes a file name stand for a blob, in one step for those who look.
  void link(Path name, Path blob) throws IOException {
    if (Files.isRegularFile(name)
        && (Files.isSameFile(name, blob)
            || (!Files.isSymbolicLink(name) && Files.mismatch(name, blob) < 0))) {
      return;
    }
    WholeFile.write(name, fresh -> make(fresh, blob));
  }

  private void make(Path link, Path blob) throws IOException {
    for (var way : ways.subList(0, ways.size() - 1)) {
      try {
        way.make(link, blob);
        return;
      } catch (IOException | UnsupportedOperationException e) {
        Files.deleteIfExists(link);
      }
    }
    ways.getLast().make(link, blob);
  }
}
