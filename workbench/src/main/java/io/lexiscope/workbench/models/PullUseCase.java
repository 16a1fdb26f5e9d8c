package io.lexiscope.workbench.models;

import io.lexiscope.hub.Hub;
import io.lexiscope.hub.HubSettings;
import io.lexiscope.hub.PullListener;
import io.lexiscope.hub.find.FoundModel;
import io.lexiscope.hub.find.ModelOrigin;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Fetches a model from the hub into the cache.
public final class PullUseCase implements UseCase<PullRequest, PullResult> {
  private final Supplier<HubSettings> settings;
  private @Nullable Hub latest;

  /// A use case over a hub.
  ///
  /// @param settings where models are fetched from, asked at every pull
  private PullUseCase(Supplier<HubSettings> settings) {
    this.settings = settings;
  }

  /// The verb `pull`.
  public static Feature<PullRequest, PullResult> feature(Supplier<HubSettings> settings) {
    return new Feature<>(
            Verb.writes("pull", "A model from the hub, into the cache.").in(Lane.LONG),
            PullRequest.class,
            new PullUseCase(settings))
        .lasting(new Lasting.Resumable<>(PullRequest::id, request -> request));
  }

  @Override
  public PullResult answer(PullRequest request, Work work) {
    var hub = hub(settings.get());
    var named = request.file();
    var pulled =
        named == null
            ? hub.pull(request.id(), request.revision(), listener(work))
            : hub.pullFile(request.id(), request.revision(), named, listener(work));
    var model =
        new FoundModel(
            pulled.name().written(),
            named == null ? pulled.folder() : pulled.folder().resolve(named),
            ModelOrigin.CACHED);
    return new PullResult(
        List.of(ModelsUseCase.entry(model)),
        pulled.name().revision(),
        pulled.commit(),
        pulled.files().stream()
            .map(
                file ->
                    new PulledFileView(file.name(), file.bytes(), file.fetched(), file.checked()))
            .toList(),
        pulled.bytes(),
        pulled.fetched());
  }

  /// The hub of the settings, the same one as long as they stay: pulls of one hub wait for each
  /// other.
  private synchronized Hub hub(HubSettings now) {
    var hub = latest;
    if (hub == null || !hub.settings().equals(now)) {
      hub = new Hub(now);
      latest = hub;
    }
    return hub;
  }

  private static PullListener listener(Work work) {
    return new PullListener() {
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
