package io.lexiscope.workbench;

import io.lexiscope.hub.find.ModelFinder;
import io.lexiscope.index.IndexStore;
import io.lexiscope.model.Processors;
import io.lexiscope.train.random.KnownShapes;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.workbench.ask.Reach;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.job.Cancellation;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Job;
import io.lexiscope.workbench.job.JobStore;
import io.lexiscope.workbench.job.Jobs;
import io.lexiscope.workbench.job.PassGate;
import io.lexiscope.workbench.job.WatchedJob;
import io.lexiscope.workbench.job.Watcher;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.search.IndexShelf;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.RunShelf;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// One door to everything Lexiscope does: a request record in, its result record out.
///
/// ```java
/// try (var workbench = Workbench.open(settings)) {
///   var info = workbench.answer(new InfoRequest(ModelChoice.of("microworld")));
/// }
/// ```
public final class Workbench implements AutoCloseable {
  private final Features features;
  private final Reach reach;
  private final Jobs jobs;
  private final Runnable closing;

  /// A workbench of the given features.
  ///
  /// @param features answer the requests
  /// @param jobs runs and remembers the work
  /// @param closing releases what the features hold, after the last of them has ended
  public Workbench(Features features, Jobs jobs, Runnable closing) {
    this(features, Reach.everything(), jobs, closing);
  }

  private Workbench(Features features, Reach reach, Jobs jobs, Runnable closing) {
    this.features = features;
    this.reach = reach;
    this.jobs = jobs;
    this.closing = closing;
  }

  /// How many threads one operation may be given on this machine.
  public static int mostThreads() {
    return Processors.mostThreads();
  }

  /// Sets the number of threads one operation may use, for every workbench of this process.
  ///
  /// @throws io.lexiscope.model.ModelException if it is less than 1 or more than [#mostThreads]
  public static void useThreads(int threads) {
    Processors.use(threads);
  }

  /// Sets whether products of inference may go through the kernels in Java rather than libtorch,
  /// for every workbench of this process. They may, unless this says otherwise.
  public static void useKernels(boolean wanted) {
    Processors.useKernels(wanted);
  }

  /// Begins to load and warm up what reading a model needs, beside whatever the caller does next:
  /// for a process that is sure to read one, as early as it knows.
  ///
  /// @param kernels whether they are to be warmed up
  public static void prepare(boolean kernels) {
    Processors.prepare(kernels);
  }

  /// Warms the kernels up for this process and waits for it; where they are off or not to be had,
  /// it does nothing.
  public static void warmUpKernels() {
    if (Processors.usesKernels()) {
      boolean warm = Processors.warmUpKernels();
      assert warm || !Processors.kernelState().equals("in use");
    }
  }

  /// A workbench over models.
  ///
  /// @param settings where models are looked for and how much is done at once
  public static Workbench open(WorkbenchSettings settings) {
    return open(settings, shelves -> List.of());
  }

  /// A workbench over models that knows more verbs than those of Lexiscope itself.
  ///
  /// @param settings where models are looked for and how much is done at once
  /// @param more gives the further features on what the workbench keeps
  public static Workbench open(
      WorkbenchSettings settings, Function<Shelves, List<Feature<?, ?>>> more) {
    return open(settings, Reach.everything(), more);
  }

  /// The files that may be named by those who ask from elsewhere.
  ///
  /// @param models folders of models, and models; read
  /// @param data folders of texts and other data; read
  /// @param outputs the folder that is written to; made when it is needed
  public static Reach reach(List<Path> models, List<Path> data, Path outputs) {
    return Reach.below(
        models,
        data,
        outputs,
        name -> Recipes.names().contains(name) || KnownShapes.names().contains(name));
  }

  /// A workbench over models, for requests that come from elsewhere too.
  ///
  /// @param settings where models are looked for and how much is done at once
  /// @param reach the files that requests may name
  /// @param more gives the further features on what the workbench keeps
  public static Workbench open(
      WorkbenchSettings settings, Reach reach, Function<Shelves, List<Feature<?, ?>>> more) {
    var limits = settings.limits();
    var finder = new ModelFinder(settings.places(), reach::holdsModel);
    var cache = settings.places().cache();
    var runs = new RunShelf(limits.kept().runBytes());
    var shelf = new ModelShelf(finder, settings.build(), limits.openModels(), cache, runs);
    var indexes = new IndexShelf(new IndexStore(cache.resolve("index")));
    var store = new JobStore(cache.resolve("jobs"), limits.kept().jobs(), limits.kept().jobBytes());
    var jobs =
        new Jobs(new PassGate(limits.passes()), limits.requests(), limits.finishedJobs(), store);
    var shelves = new Shelves(finder, shelf, indexes, jobs);
    return new Workbench(
        Features.standard(settings, shelves).with(more.apply(shelves)),
        reach,
        jobs,
        () -> {
          indexes.close();
          shelf.close();
        });
  }

  /// What can be asked.
  public Features features() {
    return features;
  }

  /// Answers a request on the caller's thread.
  ///
  /// @param request what is asked
  /// @return the answer
  /// @throws io.lexiscope.workbench.ask.WorkbenchException when the request cannot be answered
  public <R extends Record> R answer(Request<R> request) {
    return answer(request, Watcher.NONE, new Cancellation());
  }

  /// Answers a request on the caller's thread, which should be a platform thread.
  ///
  /// @param request what is asked
  /// @param watcher hears of progress and tokens
  /// @param cancellation stops the work
  /// @return the answer
  /// @throws io.lexiscope.workbench.ask.WorkbenchException when the request cannot be answered or
  ///   was cancelled
  public <R extends Record> R answer(
      Request<R> request, Watcher watcher, Cancellation cancellation) {
    Feature<?, R> feature = features.of(request);
    return answer(
        feature, reach.admit(feature.name(), request), jobs.watched(watcher, cancellation));
  }

  /// Answers a request on a thread of the workbench; the job of a verb whose jobs last is kept on
  /// disk.
  ///
  /// @param request what is asked
  /// @return the job that answers it
  /// @throws io.lexiscope.workbench.ask.WorkbenchException of kind `busy` when too much is
  ///   unfinished
  public Job submit(Request<?> request) {
    Feature<?, ?> feature = features.of(request);
    Request<?> admitted = reach.admit(feature.name(), request);
    return jobs.submit(feature, admitted, task(feature, admitted));
  }

  /// As above, for one who waits: the job is not kept on disk.
  public Job submitAndWait(Request<?> request) {
    Feature<?, ?> feature = features.of(request);
    Request<?> admitted = reach.admit(feature.name(), request);
    return jobs.submit(feature.verb(), task(feature, admitted), feature::filesOf);
  }

  /// Goes on with a job that was interrupted, cancelled or failed, under its id.
  ///
  /// @param id of a job that is kept on disk
  /// @throws io.lexiscope.workbench.ask.WorkbenchException of kind `notFound` when there is none,
  ///   `invalid` when it is done or its verb cannot go on, `busy` when it is under way, `forbidden`
  ///   when it names a file that is not to be reached now
  public Job resume(String id) {
    return resume(id, request -> {});
  }

  /// As above, for one who may not ask for everything.
  ///
  /// @param leave is given the request that goes on before anything begins; what it throws ends it
  public Job resume(String id, Consumer<Request<?>> leave) {
    return jobs.resume(
        id,
        features::named,
        (feature, request) -> {
          leave.accept(request);
          return reach.admit(feature.name(), request);
        },
        Workbench::task);
  }

  /// The job of an id, known or kept on disk.
  public Optional<WatchedJob> job(String id) {
    return jobs.find(id, features::named);
  }

  /// Forgets a job that nobody will ask for again.
  public void forget(Job job) {
    jobs.forget(job);
  }

  /// Stops unfinished work and closes the models.
  @Override
  public void close() {
    jobs.close();
    closing.run();
  }

  private static Function<Work, ? extends Record> task(Feature<?, ?> feature, Request<?> request) {
    return work -> answer(feature, request, work);
  }

  private static <R extends Record> R answer(Feature<?, R> feature, Request<?> request, Work work) {
    try {
      return feature.answer(request, work);
    } catch (RuntimeException e) {
      throw Refusals.of(e);
    }
  }
}
