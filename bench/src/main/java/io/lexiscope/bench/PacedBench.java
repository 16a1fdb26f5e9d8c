package io.lexiscope.bench;

import io.lexiscope.bench.measure.BenchException;
import io.lexiscope.bench.measure.Gauge;
import io.lexiscope.bench.measure.Machine;
import io.lexiscope.bench.measure.Peaks;
import io.lexiscope.bench.task.Answer;
import io.lexiscope.bench.task.BenchTask;
import io.lexiscope.bench.task.Cost;
import io.lexiscope.bench.task.TaskOutcome;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.ViewJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does rounds when it is told to, so that another program can take turns with it.
///
/// Commands are lines, and every one is answered by a line of JSON: `setup`, `prepare TASK` (the
/// first round, its check, its answer, and the warm-up), `run` (a round of the task prepared), and
/// `peaks`. It ends with its input.
public final class PacedBench {
  private final TaskList list;
  private final BenchSettings settings;
  private final Gauge gauge;
  private @Nullable BenchTask current;

  private PacedBench(TaskList list, BenchSettings settings, Gauge gauge) {
    this.list = list;
    this.settings = settings;
    this.gauge = gauge;
  }

  /// What computes.
  ///
  /// @param machine it runs on
  /// @param setup how it computes
  /// @param versions of what computes
  public record SetupReply(
      Machine machine, BenchResult.Setup setup, BenchResult.Versions versions) {}

  /// A task that is ready to be timed.
  ///
  /// @param about what it does
  /// @param cost what it needs at least
  /// @param peakBytes memory that its first round added at most; absent where the system does not
  ///   tell
  /// @param answer numbers to hold against those of others
  public record PreparedReply(String about, Cost cost, @Nullable Long peakBytes, Answer answer) {}

  /// A round.
  ///
  /// @param seconds that it took
  /// @param baselineSeconds what its baseline took just before; absent where it has none
  /// @param peaks the better of just before and just after it
  public record RoundReply(double seconds, @Nullable Double baselineSeconds, Peaks peaks) {}

  /// A command that could not be followed.
  ///
  /// @param error what was wrong
  public record ErrorReply(String error) {}

  /// Follows commands until there are no more.
  ///
  /// @param commands lines
  /// @param replies gets a line for each
  public static void run(
      Workbench workbench,
      BenchSettings settings,
      BufferedReader commands,
      Consumer<String> replies) {
    try (OpenedModels models = new OpenedModels(workbench, settings.model());
        Gauge gauge = new Gauge()) {
      Bench.warmUpKernels((task, done, total) -> {});
      PacedBench paced = new PacedBench(new TaskList(models, settings.places()), settings, gauge);
      try {
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
          replies.accept(ViewJson.write(paced.reply(line.strip())));
        }
      } finally {
        paced.closeCurrent();
      }
    } catch (IOException failed) {
      throw new BenchException("bench: expected commands, got " + failed.getMessage(), failed);
    }
  }

  private Record reply(String command) {
    try {
      List<String> words = List.of(command.split(" ", 2));
      return switch (words.getFirst()) {
        case "setup" ->
            new SetupReply(Machine.here(), Bench.setup(settings), Bench.versions(settings));
        case "peaks" -> gauge.measure(Bench.FIRST_PEAKS);
        case "prepare" -> prepare(words.getLast());
        case "run" -> round();
        default ->
            throw new BenchException(
                "bench: expected setup, peaks, prepare TASK or run, got " + command);
      };
    } catch (BenchException wrong) {
      return new ErrorReply(String.valueOf(wrong.getMessage()));
    }
  }

  private PreparedReply prepare(String name) {
    closeCurrent();
    BenchTask task = list.make(name);
    current = task;
    OptionalLong peak = Bench.first(task);
    Answer answer;
    try (TaskOutcome outcome = task.run()) {
      answer = outcome.answer();
    }
    Bench.warmUp(task, settings.rounds());
    return new PreparedReply(
        task.about(), task.cost(), peak.isPresent() ? peak.getAsLong() : null, answer);
  }

  private RoundReply round() {
    BenchTask task = current;
    if (task == null) {
      throw new BenchException("bench: expected a task to be prepared first, got none");
    }
    BenchTask baseline = task.baseline();
    Peaks before = gauge.measure(Bench.PEAKS);
    Double against = baseline == null ? null : Bench.seconds(baseline);
    double seconds = Bench.seconds(task);
    return new RoundReply(seconds, against, before.or(gauge.measure(Bench.PEAKS)));
  }

  private void closeCurrent() {
    BenchTask task = current;
    current = null;
    if (task != null) {
      task.close();
    }
  }
}
