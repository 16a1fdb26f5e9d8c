package io.lexiscope.hub;

import io.lexiscope.base.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folder of one model in the cache.
///
/// @param cache the `hub` folder of the cache
/// @param id the model's id
record RepositoryFolder(Path cache, String id) {
  static final String PREFIX = "models--";
  private static final String SEPARATOR = "--";

  /// The id that a folder name stands for.
  static Optional<String> id(String folderName) {
    return folderName.startsWith(PREFIX)
        ? HubName.parse(folderName.substring(PREFIX.length()).replaceFirst(SEPARATOR, "/"))
            .map(HubName::id)
        : Optional.empty();
  }

  Path root() {
    return cache.resolve(name());
  }

  Path blobs() {
    return root().resolve("blobs");
  }

  Path blob(String etag) {
    return blobs().resolve(etag);
  }

  Path incomplete(String etag) {
    return blobs().resolve(etag + ".incomplete");
  }

  Path lock(String etag) {
    return cache.resolve(".locks").resolve(name()).resolve(etag + ".lock");
  }

  Path refs() {
    return root().resolve("refs");
  }

  Path snapshots() {
    return root().resolve("snapshots");
  }

  Path snapshot(String commit) {
    return snapshots().resolve(commit);
  }

  /// The commit that a revision stands for, as far as the cache knows.
  Optional<String> commit(String revision) {
    var file = refs().resolve(revision);
    try {
      var commit = Files.isRegularFile(file) ? Files.readString(file).strip() : revision;
      return commit.matches("[\\w-]+") ? Optional.of(commit) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Notes what a revision stands for.
  void writeReference(String revision, String commit) throws IOException {
    var file = refs().resolve(revision);
    var folder = file.getParent() == null ? refs() : file.getParent();
    Files.createDirectories(folder);
    WholeFile.write(file, commit);
  }

  private String name() {
    return PREFIX + id.replace("/", SEPARATOR);
  }
}
