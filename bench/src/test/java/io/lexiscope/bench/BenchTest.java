package io.lexiscope.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.bench.measure.BenchException;
import io.lexiscope.bench.measure.Peaks;
import io.lexiscope.bench.task.Answer;
import io.lexiscope.bench.task.BenchTask;
import io.lexiscope.bench.task.Cost;
import io.lexiscope.bench.task.TaskOutcome;
import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.workbench.WorkLimits;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.WorkbenchSettings;
import io.lexiscope.workbench.shelf.Build;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
  private static final Path MODEL = Path.of("../model/src/test/resources/golden/gpt2-a");

  @TempDir private Path home;

  @Test
  void everyTaskOfASmallModelIsTimedAndItsResultRight() {
    List<String> tasks =
        List.of(
            "forward-1",
            "forward-8",
            "recording-16",
            "lens-grid",
            "vocabulary-readings",
            "ffn-request",
            "index-query");

    BenchResult result = run(tasks, /* rounds= */ 3);

    assertThat(result.failures()).isEmpty();
    assertThat(result.tasks()).extracting(TaskResult::name).isEqualTo(tasks);
    assertThat(result.tasks())
        .allSatisfy(
            task -> {
              assertThat(task.rounds()).isEqualTo(3);
              assertThat(task.lowSeconds()).isPositive().isLessThanOrEqualTo(task.medianSeconds());
              assertThat(task.highSeconds()).isGreaterThanOrEqualTo(task.medianSeconds());
              assertThat(task.fractionOfPeak()).isPositive();
              assertThat(task.checked()).isTrue();
            });
    assertThat(result.machine().peaks().bytesPerSecond()).isPositive();
    assertThat(result.machine().peaks().operationsPerSecond()).isPositive();
  }

  @Test
  void aRecordingIsTimedInTurnWithAPassThatRecordsNothing() {
    TaskResult recording = run(List.of("recording-16"), /* rounds= */ 3).tasks().getFirst();

    TaskResult.Ratio ratio = Objects.requireNonNull(recording.ratio());
    assertThat(ratio.to()).isEqualTo("forward-16");
    assertThat(ratio.median()).isPositive();
  }

  @Test
  void aTaskThatTheModelHasNotIsRefusedWithThoseItHas() {
    assertThatThrownBy(() -> run(List.of("forward-1024"), /* rounds= */ 1))
        .isInstanceOf(BenchException.class)
        .hasMessageStartingWith(
            "bench: expected a task that this model has, one of start-to-grid, forward-1,")
        .hasMessageEndingWith("got forward-1024");
  }

  @Test
  void aWrongResultFailsItsTask() {
    BenchTask wrong = new Counted(new ArrayList<>(), "wrong");

    assertThatThrownBy(() -> Bench.first(wrong)).hasMessage("bench: expected 1 of wrong, got 2");
  }

  @Test
  void everyRoundIsClosedAndTheFirstIsChecked() {
    List<String> heard = new ArrayList<>();

    assertThat(Bench.first(new Counted(heard, "right"))).isNotNull();
    double seconds = Bench.seconds(new Counted(heard, "right"));

    assertThat(heard).containsExactly("run", "check", "close", "run", "close");
    assertThat(seconds).isPositive();
  }

  @Test
  void theLeastTimeOfATaskIsThatOfItsBoundPhaseByPhase() {
    Peaks peaks = new Peaks(/* bytesPerSecond= */ 10, /* operationsPerSecond= */ 100);

    Cost cost = Cost.of(/* bytes= */ 20, /* operations= */ 100).then(/* bytes= */ 1, 50, 4);

    assertThat(cost.leastSeconds(peaks)).isEqualTo(2 + 4 * 0.5);
    assertThat(Cost.of(20, 100).bound(peaks)).isEqualTo(Cost.Bound.MEMORY);
    assertThat(Cost.of(1, 50).bound(peaks)).isEqualTo(Cost.Bound.ARITHMETIC);
  }

  private BenchResult run(List<String> tasks, int rounds) {
    Build build = new Build("test", "test");
    ModelPlaces places =
        new ModelPlaces(home, List.of(), home.resolve("hub"), "none", home.resolve("cache"));
    try (Workbench workbench =
        Workbench.open(new WorkbenchSettings(places, build, WorkLimits.standard()))) {
      return Bench.run(
          workbench,
          new BenchSettings(
              MODEL, new BenchSettings.Places(home, home, "none", List.of()), tasks, rounds, build),
          (task, done, total) -> {});
    }
  }

  /// Says what is done with it; wrong when its name says so.
  private record Counted(List<String> heard, String name) implements BenchTask {
    @Override
    public String about() {
      return name;
    }

    @Override
    public Cost cost() {
      return Cost.of(1, 1);
    }

    @Override
    public TaskOutcome run() {
      heard.add("run");
      return new TaskOutcome() {
        @Override
        public Answer answer() {
          return Answer.none();
        }

        @Override
        public void check() {
          heard.add("check");
          if (name.equals("wrong")) {
            throw new BenchException("bench: expected 1 of wrong, got 2");
          }
        }

        @Override
        public void close() {
          heard.add("close");
        }
      };
    }
  }
}
