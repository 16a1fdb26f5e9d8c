package io.lexiscope.workbench.job;

import java.time.Duration;
import java.util.List;

/// A job that stands on disk and is not under way here; its result is read when it is asked for.
final class StoredJob implements WatchedJob {
  private final JobStore store;
  private final JobView view;
  private final Feature<?, ?> feature;
  private final JobLog log = new JobLog();

  StoredJob(JobStore store, JobView view, Feature<?, ?> feature) {
    this.store = store;
    this.view = view;
    this.feature = feature;
    log.restore(store.events(view.id()));
    log.append(JobEventType.STATE, view, /* last= */ true);
  }

  @Override
  public String id() {
    return view.id();
  }

  @Override
  public JobView view(boolean withResult) {
    return withResult
        ? new JobView(
            view.id(),
            view.verb(),
            view.subject(),
            view.state(),
            view.progress(),
            view.submittedAt(),
            view.startedAt(),
            view.finishedAt(),
            view.resumable(),
            store.request(view.id(), feature.asks()),
            view.state() == JobState.DONE ? result() : null,
            view.files(),
            view.problem())
        : view;
  }

  private Record result() {
    return store.result(view.id(), feature.gives());
  }

  @Override
  public ResultFile file(String name) {
    return ResultFile.named(
        name, view.state() == JobState.DONE ? feature.filesOf(result()) : List.of());
  }

  @Override
  public List<JobEvent> events(long from, Duration patience) throws InterruptedException {
    return log.from(from, patience);
  }

  @Override
  public boolean hasNoEventsFrom(long from) {
    return log.endedBefore(from);
  }

  @Override
  public void cancel() {}
}
