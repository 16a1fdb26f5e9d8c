package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of long work.
///
/// @param id names the job
/// @param verb what it does
/// @param subject what it is about in a word or two, such as a model; absent where it is not kept
///   on disk
/// @param state where it is in its life
/// @param progress how far it is; absent before it starts
/// @param submittedAt when it was accepted, ISO 8601
/// @param startedAt when it started, ISO 8601; absent before
/// @param finishedAt when it ended, ISO 8601; absent before
/// @param resumable whether it can go on where it ended, by `POST /api/v1/jobs/ID/resume`; absent
///   where it cannot
/// @param request what was asked, of a job that is kept on disk; absent from lists
/// @param result the result record of the verb; absent until done
/// @param files what there is to download of it, under the job and `files/`; empty until done
/// @param problem why it failed; absent unless it did
public record JobView(
    String id,
    String verb,
    @Nullable String subject,
    JobState state,
    @Nullable Progress progress,
    String submittedAt,
    @Nullable String startedAt,
    @Nullable String finishedAt,
    @Nullable Boolean resumable,
    @Nullable Object request,
    @Nullable Object result,
    List<JobFile> files,
    @Nullable Problem problem) {
  /// Copies the files.
  public JobView {
    files = List.copyOf(files);
  }
}
