package io.lexiscope.workbench.models;

import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// A model fetched from the hub, or found whole in the cache.
///
/// @param models the model, one entry; its name opens it
/// @param revision what was asked for
/// @param commit the commit that the revision stands for
/// @param files the files that open the model
/// @param bytes length of all files, bytes
/// @param downloadedBytes bytes that came over the network
public record PullResult(
    List<ModelEntry> models,
    String revision,
    String commit,
    List<PulledFileView> files,
    long bytes,
    long downloadedBytes)
    implements Result {
  /// Copies the lists.
  public PullResult {
    models = List.copyOf(models);
    files = List.copyOf(files);
  }

  @Override
  public String method() {
    return "The files are those the hub lists, by length and by hash where it gives one; whether"
        + " the model can be opened is not tried.";
  }
}
