package io.lexiscope.hub;

import java.nio.file.Path;
import java.util.List;

/// A model in the cache, as a pull left it.
///
/// @param name what was asked for
/// @param commit what the revision stood for
/// @param folder the snapshot, which opens as a model
/// @param files the files of the snapshot that a pull looks after
public record Pulled(HubName name, String commit, Path folder, List<PulledFile> files) {
  /// Copies the list.
  public Pulled {
    files = List.copyOf(files);
  }

  /// One file.
  ///
  /// @param name its name
  /// @param bytes its length
  /// @param fetched bytes that came over the network for it in this pull
  /// @param checked whether these were compared with a hash; false when the hub gives none, and
  ///   only their number could be
  public record PulledFile(String name, long bytes, long fetched, boolean checked) {}

  /// Length of all files, bytes.
  public long bytes() {
    return files.stream().mapToLong(PulledFile::bytes).sum();
  }

  /// Bytes that came over the network in this pull.
  public long fetched() {
    return files.stream().mapToLong(PulledFile::fetched).sum();
  }
}
