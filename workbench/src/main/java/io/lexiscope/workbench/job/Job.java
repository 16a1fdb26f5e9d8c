package io.lexiscope.workbench.job;

import io.lexiscope.base.Journal;
import io.lexiscope.workbench.ask.Problem;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One piece of work with its state, its events and a way to stop it.
public final class Job implements WatchedJob {
  private static final long PROGRESS_EVERY_NANOS = 100_000_000;
  private static final long SAVED_EVERY_NANOS = 1_000_000_000;

  private final String id;
  private final JobKind kind;
  private final PassGate gate;
  private final Cancellation cancellation = new Cancellation();
  private final JobLog log = new JobLog();
  private final Instant submittedAt = Instant.now();
  private JobKeeper keeper = JobKeeper.NONE;
  private boolean interrupting;

  private JobState state = JobState.QUEUED;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Progress progress;
  private @Nullable Record result;
  private @Nullable Problem problem;
  private @Nullable Throwable mistake;
  private @Nullable Consumer<Throwable> whenMistaken;

  Job(String id, JobKind kind, PassGate gate) {
    this.id = id;
    this.kind = kind;
    this.gate = gate;
    log.append(JobEventType.STATE, view(/* withResult= */ false), /* last= */ false);
  }

  @Override
  public String id() {
    return id;
  }

  /// The name of what it does.
  public String verb() {
    return kind.verb().name();
  }

  @Override
  public void cancel() {
    synchronized (this) {
      if (state == JobState.QUEUED) {
        finish(JobState.CANCELLED, null, cancelled().problem());
      }
    }
    cancellation.cancel();
  }

  /// Keeps the job where it outlives the process, from now on.
  synchronized void keptBy(JobKeeper by) {
    keeper = by;
  }

  /// Stops the job because its process ends: one that is kept can go on later.
  void interrupt() {
    synchronized (this) {
      interrupting = keeper.keeps();
    }
    cancel();
  }

  /// Whether nothing more will happen.
  public synchronized boolean isFinished() {
    return state.isFinal();
  }

  @Override
  public synchronized JobView view(boolean withResult) {
    return new JobView(
        id,
        kind.verb().name(),
        kind.subject(),
        state,
        progress,
        submittedAt.toString(),
        startedAt == null ? null : startedAt.toString(),
        finishedAt == null ? null : finishedAt.toString(),
        (keeper.keeps() && kind.resumable() && state.canGoOn()) ? Boolean.TRUE : null,
        (withResult && keeper.keeps()) ? kind.request() : null,
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
    return result == null ? List.of() : kind.files().apply(result);
  }

  @Override
  public ResultFile file(String name) {
    return ResultFile.named(name, files());
  }

  @Override
  public List<JobEvent> events(long from, Duration patience) throws InterruptedException {
    return log.from(from, patience);
  }

  @Override
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
    throw problem == null ? cancelled() : new WorkbenchException(problem, mistake);
  }

  /// Hears of what the job failed by, where that is a mistake of ours and not of the request.
  ///
  /// @param listener called once, on whatever thread, at once when the job has failed already
  public void whenMistaken(Consumer<Throwable> listener) {
    Throwable known;
    synchronized (this) {
      whenMistaken = listener;
      known = mistake;
    }
    if (known != null) {
      listener.accept(known);
    }
  }

  void run(Function<Work, ? extends Record> task) {
    synchronized (this) {
      if (state.isFinal()) {
        return;
      }
      state = JobState.RUNNING;
      startedAt = Instant.now();
      keeper.save(view(/* withResult= */ false));
      log.append(JobEventType.STATE, view(/* withResult= */ false), /* last= */ false);
    }
    try {
      var answer = task.apply(new Watched(System.nanoTime()));
      finish(JobState.DONE, answer, null);
    } catch (WorkbenchException e) {
      var state = e.kind() == ProblemKind.CANCELLED ? JobState.CANCELLED : JobState.FAILED;
      finish(state, null, e.problem());
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable thrown) {
    Consumer<Throwable> listener;
    synchronized (this) {
      mistake = thrown;
      listener = whenMistaken;
      finish(JobState.FAILED, null, Failures.problem(kind.verb().name(), thrown));
    }
    if (listener != null) {
      listener.accept(thrown);
    }
  }

  private synchronized void finish(JobState end, @Nullable Record answer, @Nullable Problem why) {
    if (state.isFinal()) {
      return;
    }
    state = end == JobState.CANCELLED && interrupting ? JobState.INTERRUPTED : end;
    result = answer;
    problem = state == JobState.INTERRUPTED ? null : why;
    finishedAt = Instant.now();
    // Whoever sees that it is done finds it after the process has ended, too.
    keeper.finish(view(/* withResult= */ false), answer, log.all());
    notifyAll();
    log.append(JobEventType.STATE, view(/* withResult= */ true), /* last= */ true);
  }

  private static WorkbenchException cancelled() {
    return new WorkbenchException(ProblemKind.CANCELLED, "the work was cancelled");
  }

  /// Reports into the job's log, progress at most ten times a second.
  private final class Watched implements Work {
    private final TimeLeft estimate;
    private long reportedNanos;
    private long savedNanos;

    private Watched(long nowNanos) {
      this.estimate = new TimeLeft(nowNanos);
      this.reportedNanos = nowNanos - PROGRESS_EVERY_NANOS;
      this.savedNanos = nowNanos - SAVED_EVERY_NANOS;
    }

    @Override
    public void progress(long done, long total, String unit) {
      var now = System.nanoTime();
      synchronized (Job.this) {
        var current = estimate.at(now, done, total, unit);
        progress = current;
        if (now - savedNanos >= SAVED_EVERY_NANOS) {
          savedNanos = now;
          keeper.save(view(/* withResult= */ false));
        }
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
    public Journal journal(String identity) {
      JobKeeper by;
      synchronized (Job.this) {
        by = keeper;
      }
      return by.journal(identity);
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
