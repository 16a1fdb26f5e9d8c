package io.lexiscope.workbench.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.train.Training;
import io.lexiscope.train.TrainingListener;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.workbench.WorkLimits;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.WorkbenchSettings;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.Reach;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Job;
import io.lexiscope.workbench.job.JobState;
import io.lexiscope.workbench.shelf.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A training run that a closing workbench stopped, gone on with by the next.
@Timeout(120)
class ResumedTrainingTest {
  private static final int STEPS = 400;
  private static final String RECIPE =
      """
      {
        "about": {"name": "tiny", "description": "Adds digits.", "weights": "F16"},
        "task": {"name": "addition", "seed": 3, "options": {"digits": 1, "lossOn": "ANSWER"}},
        "model": {
          "model_type": "gpt2", "architectures": ["GPT2LMHeadModel"],
          "n_layer": 2, "n_head": 2, "n_embd": 16, "n_positions": 16
        },
        "fit": {
          "steps": 400,
          "batches": {"rows": 16, "length": 0, "accumulate": 1},
          "schedule": {"kind": "COSINE", "peak": 0.01, "warmup": 3, "floor": 0.1},
          "optimizer": {"beta1": 0.9, "beta2": 0.98, "weightDecay": 0.1, "decayAll": false, "clip": 0.5},
          "start": {"seed": 5, "deviation": 0.1}
        },
        "reports": {"logEvery": 1, "checkpointEvery": 100, "evaluateEvery": 0, "questions": 10, "threads": 1}
      }
      """;

  @TempDir private Path home;
  private Path recipe = Path.of("");

  @BeforeEach
  void write() throws IOException {
    home = home.toRealPath();
    recipe =
        Files.writeString(
            Files.createDirectories(home.resolve("data")).resolve("tiny.json"), RECIPE);
  }

  @Test
  void itGoesOnFromItsCheckpointToTheSameBits() throws Exception {
    String id = interrupted();

    try (var after = open(home.resolve("outputs"))) {
      Job job = after.resume(id);
      var result = (TrainResult) job.await();

      assertThat(job.id()).isEqualTo(id);
      assertThat(result.finished()).isTrue();
      assertThat(result.steps()).isEqualTo(STEPS);
    }

    Path whole = home.resolve("whole");
    Training.run(Recipes.load(recipe.toString()), whole, false, TrainingListener.silent());
    assertThat(home.resolve("outputs/run/model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
  }

  @Test
  void oneThatEndedBeforeItsFirstCheckpointBeginsAnew() throws Exception {
    String id = interrupted();
    Files.delete(home.resolve("outputs/run/checkpoint/state.safetensors"));

    try (var after = open(home.resolve("outputs"))) {
      var result = (TrainResult) after.resume(id).await();

      assertThat(result.finished()).isTrue();
      assertThat(result.steps()).isEqualTo(STEPS);
    }
  }

  @Test
  void itsFilesAreAdmittedAgain() throws Exception {
    String id = interrupted();

    try (var after = open(home.resolve("elsewhere"))) {
      assertThatThrownBy(() -> after.resume(id))
          .isInstanceOfSatisfying(
              WorkbenchException.class,
              refused -> assertThat(refused.kind()).isEqualTo(ProblemKind.FORBIDDEN))
          .hasMessageContaining("--outputs");
      assertThat(after.job(id).orElseThrow().view(/* withResult= */ false).state())
          .isEqualTo(JobState.INTERRUPTED);
    }
  }

  @Test
  void whoMayNotAskForItIsRefusedBeforeItBegins() throws Exception {
    String id = interrupted();

    try (var after = open(home.resolve("outputs"))) {
      assertThatThrownBy(
              () ->
                  after.resume(
                      id,
                      request -> {
                        throw WorkbenchException.invalid("x", "no leave for " + request);
                      }))
          .hasMessageContaining("no leave for TrainRequest[")
          .hasMessageContaining("resume=true");
      assertThat(after.job(id).orElseThrow().view(/* withResult= */ false).state())
          .isEqualTo(JobState.INTERRUPTED);
    }
  }

  /// The id of a job that its closing workbench stopped in the middle.
  private String interrupted() throws Exception {
    Job job;
    try (var before = open(home.resolve("outputs"))) {
      job = before.submit(new TrainRequest(recipe.toString(), "run", null, /* steps= */ null));
      while (done(job) < 30) {
        Thread.sleep(2);
      }
    }
    assertThat(job.view(/* withResult= */ false).state()).isEqualTo(JobState.INTERRUPTED);
    return job.id();
  }

  private static long done(Job job) {
    var progress = job.view(/* withResult= */ false).progress();
    return progress == null ? 0 : progress.done();
  }

  private Workbench open(Path outputs) {
    var places =
        new ModelPlaces(
            home.resolve("models"),
            List.of(),
            home.resolve("hub"),
            /* defaultModel= */ "none",
            home.resolve("cache"));
    Reach reach = Workbench.reach(List.of(), List.of(home.resolve("data")), outputs);
    return Workbench.open(
        new WorkbenchSettings(places, new Build("0", "25"), WorkLimits.standard()),
        reach,
        shelves -> List.of());
  }
}
