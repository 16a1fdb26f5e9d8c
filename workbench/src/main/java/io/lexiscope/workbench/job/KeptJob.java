package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands of a job in its folder, beside its request, its result and its events.
///
/// @param owner the workbench at work on it, by the name of its [Owner]
/// @param resumable whether its verb can go on with one that was interrupted
/// @param job the job without request and result
record KeptJob(String owner, boolean resumable, Stated job) {
  /// The parts of a [JobView] that are kept.
  ///
  /// @param id names the job
  /// @param verb what it does
  /// @param subject what it is about, or null
  /// @param state when this was written
  /// @param progress when this was written, or null
  /// @param submittedAt ISO 8601
  /// @param startedAt ISO 8601, or null
  /// @param finishedAt ISO 8601, or null
  /// @param files what there is to download of it
  /// @param problem why it failed, or null
  record Stated(
      String id,
      String verb,
      @Nullable String subject,
      JobState state,
      @Nullable Progress progress,
      String submittedAt,
      @Nullable String startedAt,
      @Nullable String finishedAt,
      List<JobFile> files,
      @Nullable Problem problem) {
    Stated {
      files = List.copyOf(files);
    }
  }

  static KeptJob of(String owner, boolean resumable, JobView view) {
    return new KeptJob(
        owner,
        resumable,
        new Stated(
            view.id(),
            view.verb(),
            view.subject(),
            view.state(),
            view.progress(),
            view.submittedAt(),
            view.startedAt(),
            view.finishedAt(),
            view.files(),
            view.problem()));
  }

  /// The job as it is now.
  ///
  /// @param alive whether its owner is still at work
  JobView view(boolean alive) {
    JobState now = job.state().isFinal() || alive ? job.state() : JobState.INTERRUPTED;
    return new JobView(
        job.id(),
        job.verb(),
        job.subject(),
        now,
        job.progress(),
        job.submittedAt(),
        job.startedAt(),
        job.finishedAt(),
        resumable && now.canGoOn() ? Boolean.TRUE : null,
        /* request= */ null,
        /* result= */ null,
        job.files(),
        job.problem());
  }
}
