package io.lexiscope.workbench.job;

/// What stands of a job in its folder, beside its request, its result and its events.
///
/// @param owner the workbench at work on it, by the name of its [Owner]
/// @param resumable whether its verb can go on with one that was interrupted
/// @param job the job when this was written, without request and result
record KeptJob(String owner, boolean resumable, JobView job) {

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
        (resumable && now.canGoOn()) ? Boolean.TRUE : null,
        /* request= */ null,
        /* result= */ null,
        job.files(),
        job.problem());
  }
}
