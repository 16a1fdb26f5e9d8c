package io.lexiscope.train;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.family.ModelConfig;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.source.ModelSource;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.tensor.NativeRuntime;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.train.recipe.Recipe;
import io.lexiscope.train.recipe.Reports;
import io.lexiscope.train.recipe.Tasks;
import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.SequenceTask;
import io.lexiscope.train.task.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Trains models by recipe.
///
/// ```java
/// Training.run(Recipes.load("addition"), Path.of("out"), /* resume= */ false, progress -> true);
/// ```
public final class Training {
  /// Seconds of work after which a checkpoint is written though the recipe asks for none yet, where
  /// a line of the loss curve ends, and anywhere: nobody loses more than a minute.
  private static final double SOON = 30;

  private static final double LATEST = 45;

  private static final String STATE = "checkpoint/state.safetensors";
  private static final String WEIGHTS = "model.safetensors";

  private final Recipe recipe;
  private final Task task;
  private final ModelFolder folder;
  private final TrainingListener listener;
  private final TrainingState state;
  private final LossCurve curve;

  private Training(Recipe recipe, ModelFolder folder, TrainingListener listener) {
    this.recipe = recipe;
    this.task = Tasks.of(recipe.task());
    this.folder = folder;
    this.listener = listener;
    this.state = new TrainingState(folder.file(STATE));
    this.curve = new LossCurve(folder.file("loss.csv"));
  }

  /// Trains a model and writes it as a Hugging Face folder with recipe, loss curve and model card.
  ///
  /// @param recipe what to do
  /// @param out folder of the result; made if it is not there
  /// @param resume whether to go on from the last checkpoint in the folder; the recipe may then
  ///   have another number of steps and other reports, nothing else
  /// @param listener is told how it goes, and may stop it
  /// @throws TrainingException if the folder holds a run and `resume` is not set, if there is
  ///   nothing to resume, if another run is at work in it, if the checkpoint is of another recipe,
  ///   or if the loss stops being finite
  /// @throws io.lexiscope.train.recipe.RecipeException if the recipe names no task
  public static TrainingResult run(
      Recipe recipe, Path out, boolean resume, TrainingListener listener) {
    if (resume && !Files.isDirectory(out)) {
      throw nothingToResume(out);
    }
    ModelFolder folder = ModelFolder.create(out);
    Training training = new Training(recipe, folder, listener);
    boolean finished = Files.exists(folder.file(WEIGHTS));
    if (!resume && (finished || training.state.exists())) {
      throw new TrainingException(
          "train: expected a folder without a training run, got one in %s; resume it, or choose another folder"
              .formatted(out));
    }
    if (finished && !training.state.exists()) {
      throw new TrainingException(
          "resume: expected an unfinished run, got a finished model in %s".formatted(out));
    }
    int threads = recipe.reports().threads();
    int before = NativeRuntime.threads();
    NativeRuntime.setThreads(threads == 0 ? before : threads);
    try (FolderLock _ = new FolderLock(folder.folder())) {
      if (resume && !training.state.exists()) {
        throw nothingToResume(out);
      }
      return training.run();
    } finally {
      NativeRuntime.setThreads(before);
    }
  }

  /// Whether a folder has a checkpoint from which a run in it can go on.
  public static boolean canResume(Path out) {
    return new TrainingState(out.resolve(STATE)).exists();
  }

  private static TrainingException nothingToResume(Path out) {
    return new TrainingException(
        "resume: expected an unfinished run, got no checkpoint in %s; begin one without resuming"
            .formatted(out));
  }

  private TrainingResult run() {
    ModelFolder.create(
        Objects.requireNonNull(state.file().getParent(), "the state lies in a folder"));
    if (!state.exists()) {
      TaskTokenizer.of(task, recipe.task()).writeTo(folder.folder());
    }
    try (Tokenizer tokenizer = ModelSource.of(folder.folder()).tokenizer()) {
      ModelConfig config = ModelFolder.config(recipe, tokenizer);
      folder.describe(recipe, config);
      try (TensorScope scope = TensorScope.open()) {
        Trainer trainer = scope.call(() -> new Trainer(config, recipe.fit(), stream(tokenizer)));
        return train(trainer, tokenizer);
      }
    }
  }

  private BatchStream stream(Tokenizer tokenizer) {
    var batches = recipe.fit().batches();
    return switch (task) {
      case SequenceTask sequence -> new SequenceStream(sequence, batches.rows());
      case CorpusTask corpus ->
          new CorpusStream(corpus, tokenizer, batches.rows(), batches.length());
    };
  }

  private TrainingResult train(Trainer trainer, Tokenizer tokenizer) {
    Reports reports = recipe.reports();
    String fingerprint = Fingerprint.of(recipe);
    var position =
        state.exists()
            ? state.read(trainer.parameters(), trainer.adamW(), fingerprint)
            : new TrainingState.Position(/* step= */ 0, /* seconds= */ 0);
    curve.continueFrom(position.step());
    Examiner examiner = new Examiner(trainer.transformer(), tokenizer, Interventions.none());
    Stopwatch stopwatch = new Stopwatch(position.seconds());
    int steps = recipe.fit().steps();
    int first = position.step() + 1;
    var window = new Window();
    double kept = 0;
    for (int step = first; step <= steps; step++) {
      window.add(trainer.step(step));
      boolean goOn = listener.goesOn();
      if (step % reports.logEvery() == 0 || step == steps) {
        TrainingProgress progress = window.report(step, steps, stopwatch, first);
        curve.add(progress);
        goOn &= listener.progress(progress);
        window = new Window();
      }
      if (reports.evaluateEvery() > 0 && step % reports.evaluateEvery() == 0 && step < steps) {
        listener.evaluated(step, examine(examiner, reports.questions()));
      }
      double since = stopwatch.here() - kept;
      boolean due = since >= (step % reports.logEvery() == 0 ? SOON : LATEST);
      if (step % reports.checkpointEvery() == 0 || due || step == steps || !goOn) {
        state.write(
            trainer.parameters(),
            trainer.adamW(),
            new TrainingState.Position(step, stopwatch.seconds()),
            fingerprint);
        kept = stopwatch.here();
      }
      if (!goOn) {
        return new TrainingResult(
            folder.folder(), step, /* finished= */ false, stopwatch.seconds(), List.of());
      }
    }
    folder.weights(trainer.parameters(), recipe.about().weights());
    return finish(trainer.parameters().count(), stopwatch.seconds());
  }

  private List<Metric> examine(Examiner examiner, int questions) {
    return task.evaluationSets(questions).stream().map(examiner::ask).toList();
  }

  /// Measures the model as it was written, and describes it.
  private TrainingResult finish(long weights, double seconds) {
    List<Metric> metrics;
    try (LanguageModel written = LanguageModel.open(folder.folder())) {
      metrics = Evaluations.run(written, task, Evaluations.QUESTIONS);
    }
    ModelCard card = new ModelCard(recipe, task, weights, seconds, metrics);
    folder.write("README.md", card.markdown());
    folder.write("metrics.json", card.json());
    state.delete();
    listener.evaluated(recipe.fit().steps(), metrics);
    return new TrainingResult(
        folder.folder(), recipe.fit().steps(), /* finished= */ true, seconds, metrics);
  }

  /// Training time, earlier parts included.
  private static final class Stopwatch {
    private final double earlier;
    private final long start = System.nanoTime();

    Stopwatch(double earlier) {
      this.earlier = earlier;
    }

    double seconds() {
      return earlier + here();
    }

    double here() {
      return (System.nanoTime() - start) / 1e9;
    }
  }

  /// The steps since the last report.
  private static final class Window {
    private final long start = System.nanoTime();
    private double losses;
    private double learningRate;
    private long tokens;
    private int steps;

    void add(Trainer.Step step) {
      losses += step.loss();
      learningRate = step.learningRate();
      tokens += step.tokens();
      steps++;
    }

    TrainingProgress report(int step, int all, Stopwatch stopwatch, int first) {
      double seconds = (System.nanoTime() - start) / 1e9;
      double perStep = stopwatch.here() / (step - first + 1);
      return new TrainingProgress(
          step,
          all,
          losses / steps,
          learningRate,
          new TrainingProgress.Pace(tokens / seconds, stopwatch.seconds(), perStep * (all - step)));
    }
  }
}
