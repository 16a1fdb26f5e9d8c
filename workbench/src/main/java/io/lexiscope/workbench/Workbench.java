package io.lexiscope.workbench;

import io.lexiscope.hub.find.ModelFinder;
import io.lexiscope.index.IndexStore;
import io.lexiscope.model.Processors;
import io.lexiscope.workbench.activations.ActivationsRequest;
import io.lexiscope.workbench.activations.ActivationsUseCase;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.attribution.AttributionRequest;
import io.lexiscope.workbench.attribution.AttributionUseCase;
import io.lexiscope.workbench.clusters.ClustersRequest;
import io.lexiscope.workbench.clusters.ClustersUseCase;
import io.lexiscope.workbench.compare.CompareRequest;
import io.lexiscope.workbench.compare.CompareUseCase;
import io.lexiscope.workbench.detox.DetoxRequest;
import io.lexiscope.workbench.detox.DetoxUseCase;
import io.lexiscope.workbench.events.EventsRequest;
import io.lexiscope.workbench.events.EventsUseCase;
import io.lexiscope.workbench.exit.ExitRequest;
import io.lexiscope.workbench.exit.ExitUseCase;
import io.lexiscope.workbench.ffn.FfnRequest;
import io.lexiscope.workbench.ffn.FfnUseCase;
import io.lexiscope.workbench.generate.GenerateRequest;
import io.lexiscope.workbench.generate.GenerateUseCase;
import io.lexiscope.workbench.job.Cancellation;
import io.lexiscope.workbench.job.Job;
import io.lexiscope.workbench.job.Jobs;
import io.lexiscope.workbench.job.JobsRequest;
import io.lexiscope.workbench.job.JobsResult;
import io.lexiscope.workbench.job.PassGate;
import io.lexiscope.workbench.job.Watcher;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.lens.LensRequest;
import io.lexiscope.workbench.lens.LensUseCase;
import io.lexiscope.workbench.models.HealthRequest;
import io.lexiscope.workbench.models.HealthUseCase;
import io.lexiscope.workbench.models.InfoRequest;
import io.lexiscope.workbench.models.InfoUseCase;
import io.lexiscope.workbench.models.ModelsRequest;
import io.lexiscope.workbench.models.ModelsUseCase;
import io.lexiscope.workbench.models.PullRequest;
import io.lexiscope.workbench.models.PullUseCase;
import io.lexiscope.workbench.neuron.NeuronRequest;
import io.lexiscope.workbench.neuron.NeuronUseCase;
import io.lexiscope.workbench.parity.ParityRequest;
import io.lexiscope.workbench.parity.ParityUseCase;
import io.lexiscope.workbench.score.ScoreRequest;
import io.lexiscope.workbench.score.ScoreUseCase;
import io.lexiscope.workbench.search.IndexRequest;
import io.lexiscope.workbench.search.IndexShelf;
import io.lexiscope.workbench.search.IndexUseCase;
import io.lexiscope.workbench.search.SearchRequest;
import io.lexiscope.workbench.search.SearchUseCase;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.study.ReproduceRequest;
import io.lexiscope.workbench.study.ReproduceUseCase;
import io.lexiscope.workbench.tokens.CompleteRequest;
import io.lexiscope.workbench.tokens.CompleteUseCase;
import io.lexiscope.workbench.tokens.TokenizeRequest;
import io.lexiscope.workbench.tokens.TokenizeUseCase;
import io.lexiscope.workbench.train.EvaluateRequest;
import io.lexiscope.workbench.train.EvaluateUseCase;
import io.lexiscope.workbench.train.NewRequest;
import io.lexiscope.workbench.train.NewUseCase;
import io.lexiscope.workbench.train.TrainRequest;
import io.lexiscope.workbench.train.TrainUseCase;
import java.util.Optional;

/// One door to everything Lexiscope does: a request record in, its result record out.
///
/// ```java
/// try (var workbench = Workbench.open(settings)) {
///   var info = workbench.answer(new InfoRequest(ModelChoice.of("microworld")));
/// }
/// ```
public final class Workbench implements AutoCloseable {
  private final UseCases useCases;
  private final PassGate gate;
  private final Jobs jobs;
  private final Runnable closing;

  /// A workbench of the given use cases.
  ///
  /// @param useCases answer the requests; the one for jobs is the workbench's own
  /// @param limits how much is done at once
  /// @param closing releases what the use cases hold, after the last of them has ended
  public Workbench(UseCases useCases, WorkLimits limits, Runnable closing) {
    this.useCases = useCases.with(JobsRequest.class, (request, work) -> jobs());
    this.gate = new PassGate(limits.passes());
    this.jobs = new Jobs(gate, limits.requests(), limits.finishedJobs());
    this.closing = closing;
  }

  /// Sets the number of threads one operation may use, for every workbench of this process.
  ///
  /// @throws io.lexiscope.model.ModelException if it is less than 1
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
    var finder = new ModelFinder(settings.places());
    var shelf =
        new ModelShelf(
            finder, settings.build(), settings.limits().openModels(), settings.places().cache());
    var indexes = new IndexShelf(new IndexStore(settings.places().cache().resolve("index")));
    var useCases =
        UseCases.none()
            .with(HealthRequest.class, new HealthUseCase(shelf, settings.build()))
            .with(ModelsRequest.class, new ModelsUseCase(finder))
            .with(PullRequest.class, new PullUseCase(settings.hub()))
            .with(InfoRequest.class, new InfoUseCase(shelf))
            .with(TokenizeRequest.class, new TokenizeUseCase(shelf))
            .with(CompleteRequest.class, new CompleteUseCase(shelf))
            .with(GenerateRequest.class, new GenerateUseCase(shelf))
            .with(ScoreRequest.class, new ScoreUseCase(shelf))
            .with(ActivationsRequest.class, new ActivationsUseCase(shelf))
            .with(ParityRequest.class, new ParityUseCase(shelf))
            .with(LensRequest.class, new LensUseCase(shelf))
            .with(AttributionRequest.class, new AttributionUseCase(shelf))
            .with(CompareRequest.class, new CompareUseCase(shelf))
            .with(FfnRequest.class, new FfnUseCase(shelf))
            .with(DetoxRequest.class, new DetoxUseCase(shelf, settings.perspective()))
            .with(NeuronRequest.class, new NeuronUseCase(shelf, indexes))
            .with(EventsRequest.class, new EventsUseCase(shelf))
            .with(ReproduceRequest.class, new ReproduceUseCase(shelf))
            .with(ExitRequest.class, new ExitUseCase(shelf))
            .with(TrainRequest.class, new TrainUseCase())
            .with(NewRequest.class, new NewUseCase())
            .with(SearchRequest.class, new SearchUseCase(shelf, indexes))
            .with(IndexRequest.class, new IndexUseCase(shelf, indexes))
            .with(ClustersRequest.class, new ClustersUseCase(shelf))
            .with(EvaluateRequest.class, new EvaluateUseCase(shelf));
    return new Workbench(
        useCases,
        settings.limits(),
        () -> {
          indexes.close();
          shelf.close();
        });
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
    var answer = useCases.answer(request, Work.watched(gate, watcher, cancellation));
    @SuppressWarnings("unchecked") // Verb ties each request to its one result record
    var typed = (R) Verb.of(request).result().cast(answer);
    return typed;
  }

  /// Answers a request on a thread of the workbench.
  ///
  /// @param request what is asked
  /// @return the job that answers it
  /// @throws io.lexiscope.workbench.ask.WorkbenchException of kind `busy` when too much is
  ///   unfinished
  public Job submit(Request<?> request) {
    return jobs.submit(Verb.of(request), work -> useCases.answer(request, work));
  }

  /// The job of an id.
  public Optional<Job> job(String id) {
    return jobs.find(id);
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

  private JobsResult jobs() {
    return new JobsResult(
        jobs.all().stream().map(job -> job.view(/* withResult= */ false)).toList());
  }
}
