package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.WorkbenchException;
import java.time.Duration;
import java.util.List;

/// A job as those see it who wait for it: one under way here, or one that stands on disk.
public sealed interface WatchedJob permits Job, StoredJob {
  /// Names the job; not to be guessed.
  String id();

  /// The job as data.
  ///
  /// @param withResult whether request and result are wanted too
  JobView view(boolean withResult);

  /// One of the files it has to offer. Nothing else on the machine can be named: a file is found by
  /// comparing its name with those offered, never by making a path of what was asked for.
  ///
  /// @throws WorkbenchException of kind `notFound` when it offers none of that name
  ResultFile file(String name);

  /// The events from a sequence number on; waits for one when there is none yet.
  ///
  /// @param from sequence number of the first event wanted
  /// @param patience how long to wait
  /// @return the events there are, none when time ran out or the job ended before `from`
  /// @throws InterruptedException when the waiting thread is interrupted
  List<JobEvent> events(long from, Duration patience) throws InterruptedException;

  /// Whether there is no event at or after a sequence number and there never will be.
  boolean hasNoEventsFrom(long from);

  /// Asks the job to stop; one that has ended, or is under way in another process, stays as it is.
  void cancel();
}
