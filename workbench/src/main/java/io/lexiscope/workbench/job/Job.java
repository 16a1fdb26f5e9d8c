package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.Problem;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One piece of work with its state, its events and a way to stop it.
public final class Job {
  private static final long PROGRESS_EVERY_NANOS = 100_000_000;

  private final String id;
  private final String verb;
  private final PassGate gate;
  private final Function<Record, List<ResultFile>> filesOf;
  private final Cancellation cancellation = new Cancellation();
  private final JobLog log = new JobLog();
  private final Instant submittedAt = Instant.now();

  private JobState state = JobState.QUEUED;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Progress progress;
  private @Nullable Record result;
  private @Nullable Problem problem;

  Job(String id, String verb, PassGate gate, Function<Record, List<ResultFile>> filesOf) {
    this.id = id;
    this.verb = verb;
    this.gate = gate;
    this.filesOf = filesOf;
    log.append(JobEventType.STATE, view(/* withResult= */ false), /* last= */ false);
  }

  /// Names the job; not to be guessed.
  public String id() {
    return id;
  }

  /// The name of what it does.
  public String verb() {
    return verb;
  }

  /// Asks the job to stop; one that has ended stays as it is.
  public void cancel() {
    synchronized (this) {
      if (state == JobState.QUEUED) {
        finish(JobState.CANCELLED, null, cancelled().problem());
      }
    }
    cancellation.cancel();
  }

  /// Whether nothing more will happen.
  public synchronized boolean isFinished() {
    return state.isFinal();
  }

  /// The job as data.
  ///
  /// @param withResult whether the result record is wanted too
  public synchronized JobView view(boolean withResult) {
    return new JobView(
        id,
        verb,
        state,
        progress,
        submittedAt.toString(),
        startedAt == null ? null : startedAt.toString(),
        finishedAt == null ? null : finishedAt.toString(),
        withResult ? result : null,
        files().stream().map(ResultFile::file).toList(),
        problem);
  }

  /// The result record; null until done, and when there is none.
  public synchronized @Nullable Record result() {
    return result;
  }

  /// The files it has to offer, `result.json` first; none until done.
  public synchronized List<ResultFile> files() {
    return result == null ? List.of() : filesOf.apply(result);
  }

  /// One of the files it has to offer. Nothing else on the machine can be named: a file is found by
  /// comparing its name with those offered, never by making a path of what was asked for.
  ///
  /// @throws WorkbenchException of kind `notFound` when it offers none of that name
  public ResultFile file(String name) {
    var offered = files();
    return offered.stream()
        .filter(offer -> offer.file().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new WorkbenchException(
                    ProblemKind.NOT_FOUND,
                    "job: expected one of the files "
                        + offered.stream().map(offer -> offer.file().name()).toList()
                        + ", got "
                        + name));
  }

  /// The events from a sequence number on; waits for one when there is none yet.
  ///
  /// @param from sequence number of the first event wanted
  /// @param patience how long to wait
  /// @return the events there are, none when time ran out or the job ended before `from`
  /// @throws InterruptedException when the waiting thread is interrupted
  public List<JobEvent> events(long from, Duration patience) throws InterruptedException {
    return log.from(from, patience);
  }

  /// Whether there is no event at or after a sequence number and there never will be.
  public boolean hasNoEventsFrom(long from) {
    return log.endedBefore(from);
  }

  /// Waits for the job to end.
  ///
  /// @return its result record
  /// @throws WorkbenchException when it failed or was cancelled
  /// @throws InterruptedException when the waiting thread is interrupted; the job goes on
  public Record await() throws InterruptedException {
    synchronized (this) {
      while (!state.isFinal()) {
        wait();
      }
      if (result != null) {
        return result;
      }
    }
    throw problem == null ? cancelled() : new WorkbenchException(problem);
  }

  void run(Function<Work, ? extends Record> task) {
    synchronized (this) {
      if (state.isFinal()) {
        return;
      }
      state = JobState.RUNNING;
      startedAt = Instant.now();
      log.append(JobEventType.STATE, view(/* withResult= */ false), /* last= */ false);
    }
    try {
      var answer = task.apply(new Watched(System.nanoTime()));
      finish(JobState.DONE, answer, null);
    } catch (WorkbenchException e) {
      var state = e.kind() == ProblemKind.CANCELLED ? JobState.CANCELLED : JobState.FAILED;
      finish(state, null, e.problem());
    } catch (RuntimeException | Error e) {
      finish(JobState.FAILED, null, Failures.problem(verb, e));
    }
  }

  private synchronized void finish(JobState end, @Nullable Record answer, @Nullable Problem why) {
    if (state.isFinal()) {
      return;
    }
    state = end;
    result = answer;
    problem = why;
    finishedAt = Instant.now();
    notifyAll();
    log.append(JobEventType.STATE, view(/* withResult= */ true), /* last= */ true);
  }

  private static WorkbenchException cancelled() {
    return new WorkbenchException(ProblemKind.CANCELLED, "the work was cancelled");
  }

  /// Reports into the job's log, progress at most ten times a second.
  private final class Watched implements Work {
    private final Estimate estimate;
    private long reportedNanos;

    private Watched(long nowNanos) {
      this.estimate = new Estimate(nowNanos);
      this.reportedNanos = nowNanos - PROGRESS_EVERY_NANOS;
    }

    @Override
    public void progress(long done, long total, String unit) {
      var now = System.nanoTime();
      synchronized (Job.this) {
        var current = estimate.at(now, done, total, unit);
        progress = current;
        if (now - reportedNanos >= PROGRESS_EVERY_NANOS || done == total) {
          reportedNanos = now;
          log.append(JobEventType.PROGRESS, current, /* last= */ false);
        }
      }
      checkCancelled();
    }

    @Override
    public void token(GeneratedToken token) {
      log.append(JobEventType.TOKEN, token, /* last= */ false);
      checkCancelled();
    }

    @Override
    public void checkCancelled() {
      cancellation.check();
    }

    @Override
    public <T> T pass(Supplier<T> pass) {
      return gate.pass(pass, cancellation);
    }

    @Override
    public void letOthersPass() {
      gate.letOthersPass();
      cancellation.check();
    }
  }
}
