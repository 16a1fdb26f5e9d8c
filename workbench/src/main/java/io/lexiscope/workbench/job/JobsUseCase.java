package io.lexiscope.workbench.job;

/// Lists the jobs known.
public final class JobsUseCase implements UseCase<JobsRequest, JobsResult> {
  private final Jobs jobs;

  private JobsUseCase(Jobs jobs) {
    this.jobs = jobs;
  }

  /// The verb `jobs`.
  public static Feature<JobsRequest, JobsResult> feature(Jobs jobs) {
    return new Feature<>(
        Verb.reads("jobs", "The jobs known.").in(Lane.INSTANT),
        JobsRequest.class,
        new JobsUseCase(jobs));
  }

  @Override
  public JobsResult answer(JobsRequest request, Work work) {
    return new JobsResult(jobs.views());
  }
}
