package io.lexiscope.workbench;

import io.lexiscope.workbench.hub.CachedModel;
import io.lexiscope.workbench.hub.Hub;
import io.lexiscope.workbench.hub.ProgressListener;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.view.ModelEntry;
import io.lexiscope.workbench.view.PullRequest;
import io.lexiscope.workbench.view.PullResult;
import io.lexiscope.workbench.view.PulledFileView;
import java.util.List;
import java.util.function.Function;

/// Fetches a model from the hub into the cache.
final class PullUseCase implements UseCase<PullRequest, PullResult> {
  private final Hub hub;
  private final Function<CachedModel, ModelEntry> describe;

  /// A use case over a hub.
  ///
  /// @param hub fetches
  /// @param describe says what a model of the cache is
  PullUseCase(Hub hub, Function<CachedModel, ModelEntry> describe) {
    this.hub = hub;
    this.describe = describe;
  }

  @Override
  public PullResult answer(PullRequest request, Work work) {
    var pulled = hub.pull(request.id(), request.revision(), listener(work));
    var model = new CachedModel(pulled.name(), pulled.commit(), pulled.folder());
    return new PullResult(
        List.of(describe.apply(model)),
        pulled.name().revision(),
        pulled.commit(),
        pulled.files().stream()
            .map(file -> new PulledFileView(file.name(), file.bytes(), file.fetched()))
            .toList(),
        pulled.bytes(),
        pulled.fetched());
  }

  private static ProgressListener listener(Work work) {
    return new ProgressListener() {
      @Override
      public void bytes(long done, long total) {
        work.progress(done, total, "bytes");
      }

      @Override
      public void check() {
        work.checkCancelled();
      }
    };
  }
}
