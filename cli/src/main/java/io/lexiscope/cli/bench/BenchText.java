package io.lexiscope.cli.bench;

import io.lexiscope.bench.BenchResult;
import io.lexiscope.bench.TaskResult;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import java.util.Locale;

/// Times of tasks for people.
final class BenchText {
  private BenchText() {}

  static String of(BenchResult result) {
    BenchResult.MachineView machine = result.machine();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s, %d %s, %s%nread bandwidth %.1f GB/s, matrix products %.0f GFLOP/s (float32, the best of this run)%n"
                + "%s; kernels %s, %d threads; lexiscope %s, Java %s, libtorch %s%n%n",
            machine.processor(),
            machine.processors(),
            machine.processors() == 1 ? "processor" : "processors",
            machine.system(),
            machine.peaks().bytesPerSecond() / 1e9,
            machine.peaks().operationsPerSecond() / 1e9,
            result.setup().model(),
            result.setup().kernels(),
            result.setup().threads(),
            result.versions().lexiscope(),
            result.versions().jvm(),
            result.versions().libtorch()));
    TextTable table =
        new TextTable(
            "task", ">median", "95 % interval", ">rounds", ">of peak", "bound", ">memory", "what");
    for (TaskResult task : result.tasks()) {
      table.row(
          task.name(),
          seconds(task.medianSeconds()),
          seconds(task.lowSeconds()) + " – " + seconds(task.highSeconds()),
          task.rounds(),
          String.format(Locale.ROOT, "%.0f %%", 100 * task.fractionOfPeak()),
          task.bound().written(),
          memory(task),
          what(task));
    }
    text.append(table);
    for (BenchResult.Failure failure : result.failures()) {
      text.append("\nFAILED ").append(failure.name()).append(": ").append(failure.message());
    }
    return text.append(result.failures().isEmpty() ? "" : "\n")
        .append(
            "\nEvery result was compared with another way of taking it. Memory is what the first round adds at most.")
        .toString();
  }

  private static String what(TaskResult task) {
    TaskResult.Ratio ratio = task.ratio();
    return ratio == null
        ? task.about()
        : task.about()
            + String.format(
                Locale.ROOT,
                "; %.3f x %s (%.3f – %.3f)",
                ratio.median(),
                ratio.to(),
                ratio.low(),
                ratio.high());
  }

  private static String memory(TaskResult task) {
    Long bytes = task.peakBytes();
    return bytes == null ? "–" : Text.bytes(bytes);
  }

  /// A time in the unit that suits it.
  static String seconds(double seconds) {
    return seconds < 1
        ? String.format(Locale.ROOT, "%.1f ms", 1000 * seconds)
        : String.format(Locale.ROOT, "%.2f s", seconds);
  }
}
