package io.lexiscope.workbench;

/// How much is done at once.
///
/// @param passes native passes at once
/// @param requests unfinished requests at once
/// @param finishedJobs finished jobs remembered
/// @param openModels models held open when nobody uses them
/// @param kept of what was done
public record WorkLimits(
    int passes, int requests, int finishedJobs, int openModels, KeptLimits kept) {
  /// Refuses limits below 1.
  public WorkLimits {
    if (Math.min(Math.min(passes, requests), Math.min(finishedJobs, openModels)) < 1) {
      throw new IllegalArgumentException(
          "WorkLimits: expected limits of at least 1, got passes=%d, requests=%d, finishedJobs=%d, openModels=%d"
              .formatted(passes, requests, finishedJobs, openModels));
    }
  }

  /// Limits that keep as much as usual.
  public WorkLimits(int passes, int requests, int finishedJobs, int openModels) {
    this(passes, requests, finishedJobs, openModels, KeptLimits.standard());
  }

  /// The same, keeping so much.
  public WorkLimits keeping(KeptLimits other) {
    return new WorkLimits(passes, requests, finishedJobs, openModels, other);
  }

  /// One pass at a time, each with all cores; 64 requests, 32 finished jobs, 3 open models.
  public static WorkLimits standard() {
    return new WorkLimits(
        /* passes= */ 1, /* requests= */ 64, /* finishedJobs= */ 32, /* openModels= */ 3);
  }
}
