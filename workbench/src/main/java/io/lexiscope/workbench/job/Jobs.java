package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Accepts work, runs it on its own threads and keeps what came of it.
public final class Jobs implements AutoCloseable {
  /// How many of the long lane run at once: each may hold a model of its own open.
  static final int LONG_AT_ONCE = 3;

  private final int atOnce;
  private final int kept;
  private final PassGate gate;
  private final @Nullable JobStore store;
  private final ExecutorService workers;

  /// Jobs that may still run, whether remembered or not; guarded by `jobs`.
  private final Map<Job, Lane> unfinished = new HashMap<>();

  /// Long work that has not begun, first come first served; guarded by `jobs`.
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /// How much long work is under way; guarded by `jobs`.
  private int longRunning;

  private final Map<String, Job> jobs = new LinkedHashMap<>();

  private record Waiting(Job job, Runnable work) {}

  /// Jobs that share a gate.
  ///
  /// @param gate lets their native passes run in turn
  /// @param atOnce how many jobs may be unfinished at once, in each lane
  /// @param kept how many finished jobs are remembered
  public Jobs(PassGate gate, int atOnce, int kept) {
    this(gate, atOnce, kept, /* store= */ null);
  }

  /// Jobs that share a gate, the long ones kept on disk.
  ///
  /// @param gate lets their native passes run in turn
  /// @param atOnce how many jobs may be unfinished at once
  /// @param kept how many finished jobs are remembered in memory
  /// @param store keeps those of verbs whose jobs last; null keeps none
  public Jobs(PassGate gate, int atOnce, int kept, @Nullable JobStore store) {
    this.gate = gate;
    this.store = store;
    this.atOnce = atOnce;
    this.kept = kept;
    this.workers =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("lexiscope-job-", 0).factory());
  }

  /// Accepts short work whose result is whole in its JSON.
  ///
  /// @param verb what it does
  /// @param task does it, on a thread of its own
  /// @return the job
  /// @throws WorkbenchException of kind `busy` when too many jobs are unfinished or the workbench
  ///   is closing
  public Job submit(String verb, Function<Work, ? extends Record> task) {
    return submit(
        Verb.reads(verb, ""), task, result -> List.of(ResultFile.json("result.json", result)));
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
      Verb verb, Function<Work, ? extends Record> task, Function<Record, List<ResultFile>> files) {
    return begin(newId(), JobKind.passing(verb, files), task, job -> JobKeeper.NONE);
  }

  /// Accepts a request, and keeps the job on disk where those of its verb are kept.
  ///
  /// @param feature of the verb
  /// @param request what is asked
  /// @param task answers it, on a thread of its own
  /// @return the job
  /// @throws WorkbenchException of kind `busy` as above
  public Job submit(
      Feature<?, ?> feature, Request<?> request, Function<Work, ? extends Record> task) {
    JobStore keeps = store;
    return begin(
        newId(),
        JobKind.of(feature, request),
        task,
        job ->
            keeps == null || !feature.isKept()
                ? JobKeeper.NONE
                : keeps.keep(JobKind.of(feature, request), job.view(/* withResult= */ false)));
  }

  /// Goes on with a job that ended without a result, under its id.
  ///
  /// @param id of the job
  /// @param features of the verb it may be of
  /// @param admission gives the request that goes on as it may be answered now, or refuses it
  /// @param tasks give what answers a request
  /// @return the job
  /// @throws WorkbenchException of kind `notFound` when it is not kept, `invalid` when it has a
  ///   result or cannot go on, `busy` when it is under way
  public Job resume(
      String id,
      Function<String, Optional<? extends Feature<?, ?>>> features,
      BiFunction<Feature<?, ?>, Request<?>, Request<?>> admission,
      BiFunction<Feature<?, ?>, Request<?>, Function<Work, ? extends Record>> tasks) {
    JobStore keeps = store;
    JobView view = Optional.ofNullable(keeps).flatMap(s -> s.find(id)).orElseThrow(() -> none(id));
    if (view.state() == JobState.DONE) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "resume: expected a job without a result, got " + id + ", which is done");
    }
    Feature<?, ?> feature = features.apply(view.verb()).orElseThrow(() -> none(id));
    if (keeps == null) {
      throw none(id);
    }
    Request<?> request =
        admission.apply(feature, feature.goingOn(keeps.request(id, feature.asks())));
    return begin(
        id,
        JobKind.of(feature, request),
        tasks.apply(feature, request),
        job -> keeps.takeOver(job.view(/* withResult= */ false)));
  }

  private static WorkbenchException none(String id) {
    return new WorkbenchException(
        ProblemKind.NOT_FOUND,
        "resume: expected the id of a job that is kept, got " + id + "; see the list of jobs");
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private Job begin(
      String id,
      JobKind kind,
      Function<Work, ? extends Record> task,
      Function<Job, JobKeeper> keeping) {
    Verb verb = kind.verb();
    var job = new Job(id, kind, gate);
    // A job is over when its answer is there, which is before its thread is free.
    synchronized (jobs) {
      unfinished.keySet().removeIf(Job::isFinished);
      waiting.removeIf(cancelled -> cancelled.job().isFinished());
      requireRoom(verb);
      if (workers.isShutdown()) {
        throw closing(verb, /* cause= */ null);
      }
      job.keptBy(keeping.apply(job));
      try {
        begin(verb.lane(), new Waiting(job, () -> job.run(task)));
      } catch (RejectedExecutionException closing) {
        throw closing(verb, closing);
      }
      unfinished.put(job, verb.lane());
      jobs.put(job.id(), job);
      forgetOldest();
    }
    return job;
  }

  private void requireRoom(Verb verb) {
    long taken = unfinished.values().stream().filter(verb.lane()::equals).count();
    if (verb.lane() != Lane.INSTANT && taken >= atOnce) {
      throw refused(
          verb.name(),
          "expected fewer than "
              + atOnce
              + " unfinished requests of its kind, got one more; try again when one has finished",
          /* cause= */ null);
    }
  }

  private void begin(Lane lane, Waiting next) {
    if (lane != Lane.LONG) {
      workers.execute(next.work());
    } else if (longRunning < LONG_AT_ONCE) {
      workers.execute(() -> inTurn(next.work()));
      longRunning++;
    } else {
      waiting.add(next);
    }
  }

  /// Does long work, then what has waited for it to end, on the same thread: a closing workbench
  /// takes no new work, and what waited is then cancelled and over at once.
  private void inTurn(Runnable first) {
    for (Runnable work = first; work != null; work = next()) {
      work.run();
    }
  }

  private @Nullable Runnable next() {
    synchronized (jobs) {
      Waiting next = waiting.poll();
      if (next == null) {
        longRunning--;
        return null;
      }
      return next.work();
    }
  }

  private static WorkbenchException closing(Verb verb, @Nullable RejectedExecutionException cause) {
    return refused(verb.name(), "expected an open workbench, got one that is closing", cause);
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

  /// The job of an id, known or kept on disk.
  ///
  /// @param features of the verb it may be of
  public Optional<WatchedJob> find(
      String id, Function<String, Optional<? extends Feature<?, ?>>> features) {
    JobStore keeps = store;
    Optional<Job> known = find(id);
    if (known.isPresent() || keeps == null) {
      return known.map(job -> job);
    }
    return keeps
        .find(id)
        .flatMap(
            view ->
                features.apply(view.verb()).map(feature -> new StoredJob(keeps, view, feature)));
  }

  /// The job of an id, while it is known in this process.
  public Optional<Job> find(String id) {
    synchronized (jobs) {
      return Optional.ofNullable(jobs.get(id));
    }
  }

  /// The jobs known and those kept on disk, the latest accepted first.
  public List<JobView> views() {
    Map<String, JobView> views = new LinkedHashMap<>();
    all().forEach(job -> views.put(job.id(), job.view(/* withResult= */ false)));
    if (store != null) {
      store.all().forEach(view -> views.putIfAbsent(view.id(), view));
    }
    return views.values().stream()
        .sorted(Comparator.comparing(JobView::submittedAt).reversed())
        .toList();
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
    List<Job> ending;
    synchronized (jobs) {
      ending = List.copyOf(unfinished.keySet());
    }
    ending.forEach(Job::interrupt);
    try {
      workers.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (store != null) {
      store.close();
    }
  }

  private void forgetOldest() {
    var finished = jobs.values().stream().filter(Job::isFinished).toList();
    finished.stream()
        .limit(Math.max(0, finished.size() - kept))
        .forEach(job -> jobs.remove(job.id()));
  }
}
