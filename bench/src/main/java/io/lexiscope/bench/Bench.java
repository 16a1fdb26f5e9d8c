package io.lexiscope.bench;

import io.lexiscope.base.Estimate;
import io.lexiscope.bench.BenchResult.MachineView;
import io.lexiscope.bench.measure.BenchException;
import io.lexiscope.bench.measure.Gauge;
import io.lexiscope.bench.measure.Machine;
import io.lexiscope.bench.measure.PeakMemory;
import io.lexiscope.bench.measure.Peaks;
import io.lexiscope.bench.task.BenchTask;
import io.lexiscope.bench.task.TaskOutcome;
import io.lexiscope.model.Processors;
import io.lexiscope.tensor.NativeRuntime;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/// Times the tasks that users wait for, each checked, each beside what the machine can do.
///
/// ```java
/// BenchResult result = Bench.run(workbench, benchSettings, (task, done, total) -> {});
/// ```
public final class Bench {
  /// A task is warmed up for so long, or so often for each round to be timed.
  private static final double WARM_UP_SECONDS = 4;

  private static final int WARM_UPS_OF_A_ROUND = 6;
  private static final int FEWEST_WARM_UPS = 2;
  static final int FIRST_PEAKS = 8;

  /// Around each round.
  static final int PEAKS = 2;

  private Bench() {}

  /// The names of all tasks, in the order they are timed.
  public static List<String> tasks() {
    return TaskList.names();
  }

  /// Times tasks.
  ///
  /// @param workbench makes the random model and answers the requests that are timed
  /// @throws BenchException if there is no such task
  public static BenchResult run(
      Workbench workbench, BenchSettings settings, BenchListener listener) {
    if (settings.rounds() < 1) {
      throw new BenchException("bench: expected 1 or more rounds, got " + settings.rounds());
    }
    listener.step("opening the model", 0, 1);
    try (OpenedModels models = new OpenedModels(workbench, settings.model());
        Gauge gauge = new Gauge()) {
      TaskList list = new TaskList(models, settings.places());
      List<String> names = list.chosen(settings.tasks());
      warmUpKernels(listener);
      List<Timed> timed = new ArrayList<>();
      List<BenchResult.Failure> failures = new ArrayList<>();
      Peaks peaks = gauge.measure(FIRST_PEAKS);
      for (String name : names) {
        try (BenchTask task = list.make(name)) {
          Timed times = time(task, gauge, settings.rounds(), listener);
          timed.add(times);
          for (Round round : times.rounds()) {
            peaks = peaks.or(round.peaks());
          }
        } catch (BenchException | WorkbenchException failed) {
          // The other tasks can still be timed; the result says what is missing and why.
          failures.add(new BenchResult.Failure(name, String.valueOf(failed.getMessage())));
        }
      }
      return result(settings, timed, failures, peaks);
    }
  }

  static void warmUpKernels(BenchListener listener) {
    if (Processors.usesKernels()) {
      listener.step("warming the kernels up", 0, 1);
      boolean warm = Processors.warmUpKernels();
      if (!warm) {
        listener.step("no kernels on this Java", 1, 1);
      }
    }
  }

  /// A round of a task.
  ///
  /// @param seconds that it took
  /// @param peaks the better of just before and just after it
  /// @param ratio of its time to that of a round of the baseline, NaN where there is none
  private record Round(double seconds, Peaks peaks, double ratio) {}

  /// A task's times.
  ///
  /// @param task timed
  /// @param rounds in their order
  /// @param peak bytes that the first round added at most
  private record Timed(BenchTask task, List<Round> rounds, OptionalLong peak) {
    Estimate of(ToDoubleFunction<Round> figure) {
      return Estimate.median(rounds.stream().mapToDouble(figure).toArray());
    }

    /// The time that the bound alone would take over the time taken.
    double fraction() {
      return of(round -> task.cost().leastSeconds(round.peaks()) / round.seconds()).value();
    }
  }

  private static Timed time(BenchTask task, Gauge gauge, int rounds, BenchListener listener) {
    listener.step(task.name(), 0, rounds);
    OptionalLong peak = first(task);
    BenchTask baseline = task.baseline();
    warmUp(task, rounds);
    List<Round> timed = new ArrayList<>();
    Peaks before = gauge.measure(PEAKS);
    for (int i = 0; i < rounds; i++) {
      double against = baseline == null ? Double.NaN : seconds(baseline);
      double seconds = seconds(task);
      Peaks after = gauge.measure(PEAKS);
      timed.add(new Round(seconds, before.or(after), seconds / against));
      before = after;
      listener.step(task.name(), i + 1, rounds);
    }
    return new Timed(task, timed, peak);
  }

  /// The first round: its memory, and whether its result is right.
  static OptionalLong first(BenchTask task) {
    TaskOutcome[] outcome = new TaskOutcome[1];
    OptionalLong peak = PeakMemory.added(() -> outcome[0] = task.run());
    try (TaskOutcome first = outcome[0]) {
      first.check();
    }
    return task.peakBytes() < 0 ? peak : OptionalLong.of(task.peakBytes());
  }

  static void warmUp(BenchTask task, int rounds) {
    BenchTask baseline = task.baseline();
    long until = System.nanoTime() + (long) (WARM_UP_SECONDS * 1e9);
    for (int i = 0;
        i < FEWEST_WARM_UPS || (i < rounds * WARM_UPS_OF_A_ROUND && System.nanoTime() < until);
        i++) {
      double spent = seconds(task) + (baseline == null ? 0 : seconds(baseline));
      if (spent > WARM_UP_SECONDS) {
        return;
      }
    }
  }

  /// Seconds of a round, without what is done with its outcome.
  static double seconds(BenchTask task) {
    long start = System.nanoTime();
    try (TaskOutcome outcome = task.run()) {
      long end = System.nanoTime();
      java.util.Objects.requireNonNull(outcome);
      return (end - start) / 1e9;
    }
  }

  private static BenchResult result(
      BenchSettings settings, List<Timed> timed, List<BenchResult.Failure> failures, Peaks peaks) {
    return new BenchResult(
        timed.stream().map(one -> result(one, peaks)).toList(),
        failures,
        MachineView.of(Machine.here(), peaks),
        setup(settings),
        versions(settings));
  }

  static BenchResult.Setup setup(BenchSettings settings) {
    return new BenchResult.Setup(
        settings.model() == null
            ? "random weights in the shape of gpt2"
            : settings.model().toString(),
        NativeRuntime.threads(),
        Processors.usesKernels() ? "on" : "off");
  }

  static BenchResult.Versions versions(BenchSettings settings) {
    return new BenchResult.Versions(
        settings.build().codeVersion(), settings.build().jvm(), NativeRuntime.version());
  }

  private static TaskResult result(Timed timed, Peaks peaks) {
    BenchTask task = timed.task();
    Estimate seconds = timed.of(Round::seconds);
    BenchTask baseline = task.baseline();
    Estimate ratios = baseline == null ? null : timed.of(Round::ratio);
    return new TaskResult(
        task.name(),
        task.about(),
        seconds.value(),
        seconds.low(),
        seconds.high(),
        Math.toIntExact(seconds.n()),
        timed.fraction(),
        task.cost().bound(peaks),
        timed.peak().isPresent() ? timed.peak().getAsLong() : null,
        ratios == null || baseline == null
            ? null
            : new TaskResult.Ratio(baseline.name(), ratios.value(), ratios.low(), ratios.high()),
        /* checked= */ true);
  }
}
