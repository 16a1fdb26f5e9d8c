package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Accepts work, runs it on its own threads and keeps what came of it.
public final class Jobs implements AutoCloseable {
  private final int atOnce;
  private final int kept;
  private final PassGate gate;
  private final ExecutorService workers;

  /// Jobs that may still run, whether remembered or not; guarded by `jobs`.
  private final Set<Job> unfinished = new HashSet<>();

  private final Map<String, Job> jobs = new LinkedHashMap<>();

  /// Jobs that share a gate.
  ///
  /// @param gate lets their native passes run in turn
  /// @param atOnce how many jobs may be unfinished at once
  /// @param kept how many finished jobs are remembered
  public Jobs(PassGate gate, int atOnce, int kept) {
    this.gate = gate;
    this.atOnce = atOnce;
    this.kept = kept;
    this.workers =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("lexiscope-job-", 0).factory());
  }

  /// Accepts work whose result is whole in its JSON.
  ///
  /// @param verb what it does
  /// @param task does it, on a thread of its own
  /// @return the job
  /// @throws WorkbenchException of kind `busy` when too many jobs are unfinished or the workbench
  ///   is closing
  public Job submit(String verb, Function<Work, ? extends Record> task) {
    return submit(verb, task, result -> List.of(ResultFile.json("result.json", result)));
  }

  /// Accepts work.
  ///
  /// @param verb what it does
  /// @param task does it, on a thread of its own
  /// @param files what its result has to offer
  /// @return the job
  /// @throws WorkbenchException of kind `busy` when too many jobs are unfinished or the workbench
  ///   is closing
  public Job submit(
      String verb,
      Function<Work, ? extends Record> task,
      Function<Record, List<ResultFile>> files) {
    var job = new Job(UUID.randomUUID().toString(), verb, gate, files);
    // A job is over when its answer is there, which is before its thread is free.
    synchronized (jobs) {
      unfinished.removeIf(Job::isFinished);
      if (unfinished.size() >= atOnce) {
        throw refused(
            verb,
            "expected fewer than "
                + atOnce
                + " unfinished requests, got one more; try again when one has finished",
            /* cause= */ null);
      }
      try {
        workers.execute(() -> job.run(task));
      } catch (RejectedExecutionException closing) {
        throw refused(verb, "expected an open workbench, got one that is closing", closing);
      }
      unfinished.add(job);
      jobs.put(job.id(), job);
      forgetOldest();
    }
    return job;
  }

  private static WorkbenchException refused(
      String verb, String why, @Nullable RejectedExecutionException cause) {
    return new WorkbenchException(ProblemKind.BUSY, verb + ": " + why, /* field= */ null, cause);
  }

  /// Work on the caller's own thread that takes turns with the jobs.
  ///
  /// @param watcher hears of progress and tokens, on the caller's thread
  /// @param cancellation stops the work
  public Work watched(Watcher watcher, Cancellation cancellation) {
    return Work.watched(gate, watcher, cancellation);
  }

  /// The job of an id.
  public Optional<Job> find(String id) {
    synchronized (jobs) {
      return Optional.ofNullable(jobs.get(id));
    }
  }

  /// Forgets a job that nobody will ask for again.
  public void forget(Job job) {
    synchronized (jobs) {
      jobs.remove(job.id());
    }
  }

  /// The jobs known, newest first.
  public List<Job> all() {
    synchronized (jobs) {
      return new ArrayList<>(jobs.values()).reversed();
    }
  }

  /// Cancels what is unfinished and waits for it to end, ten seconds at most.
  @Override
  public void close() {
    workers.shutdown();
    all().forEach(Job::cancel);
    try {
      workers.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forgetOldest() {
    var finished = jobs.values().stream().filter(Job::isFinished).toList();
    finished.stream()
        .limit(Math.max(0, finished.size() - kept))
        .forEach(job -> jobs.remove(job.id()));
  }
}
