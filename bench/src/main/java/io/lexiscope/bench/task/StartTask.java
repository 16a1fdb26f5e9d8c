package io.lexiscope.bench.task;

import io.lexiscope.analysis.lens.LensReading;
import io.lexiscope.bench.measure.BenchException;
import io.lexiscope.bench.measure.PeakMemory;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.lens.LensResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// From the start of a process to its first lens grid, shell and answer included.
///
/// @param subject the model
/// @param launcher the command line's start script
/// @param options of the start script that hold for this run, such as `--kernels off`
/// @param peak of the last process, bytes
public record StartTask(Subject subject, Path launcher, List<String> options, AtomicLong peak)
    implements BenchTask {
  private static final String PLACES =
      Stream.of(HookPoint.RESID_PRE, HookPoint.RESID_MID, HookPoint.RESID_POST)
          .map(point -> point.template().replace("{l}", "*"))
          .collect(Collectors.joining(","));
  private static final int SECONDS = 120;
  private static final int POLL_MILLIS = 25;

  /// Copies the list.
  public StartTask {
    options = List.copyOf(options);
  }

  @Override
  public String name() {
    return "start-to-grid";
  }

  @Override
  public String about() {
    return "a fresh process to its first lens grid";
  }

  @Override
  public Cost cost() {
    return new LensGridTask(subject).cost();
  }

  @Override
  public long peakBytes() {
    return peak.get();
  }

  @Override
  public TaskOutcome run() {
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "lens", "--json"));
    command.addAll(options);
    command.addAll(List.of("-m", subject.model().folder().toString(), "--at", PLACES));
    command.addAll(List.of("--target", "#" + LensGridTask.TARGET, "--tokens"));
    command.add(
        subject.prompt(LensGridTask.LENGTH).stream()
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",")));
    try {
      Path out = Files.createTempFile("lexiscope-bench", ".json");
      out.toFile().deleteOnExit();
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        await(process);
        return new Started(this, process.exitValue(), Files.readString(out));
      } finally {
        Files.deleteIfExists(out);
      }
    } catch (IOException failed) {
      throw new BenchException(
          "bench: expected to start %s, got %s".formatted(launcher, failed), failed);
    }
  }

  private void await(Process process) {
    try {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      long most = 0;
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        most = Math.max(most, PeakMemory.of(process.pid()).orElse(0));
        if (System.nanoTime() > until) {
          process.destroyForcibly();
          throw new BenchException(
              "bench: expected %s to end within %d s, got no end".formatted(launcher, SECONDS));
        }
      }
      peak.set(most);
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new BenchException("bench: interrupted while waiting for a process", interrupted);
    }
  }

  private record Started(StartTask task, int exit, String json) implements TaskOutcome {
    private LensResult result() {
      Comparison.require(exit == 0, task.name(), "exit code 0", exit);
      return ViewJson.read(json, LensResult.class);
    }

    @Override
    public Answer answer() {
      return new Answer(List.of(), List.of(result().answer().id()));
    }

    /// The same words as in this process.
    @Override
    public void check() {
      LensResult result = result();
      List<Integer> here = task.gridHere().stream().map(r -> r.top().getFirst().id()).toList();
      List<Integer> there = result.readings().stream().map(r -> r.top().getFirst().id()).toList();
      Comparison.require(
          here.size() == there.size() && here.containsAll(there),
          task.name(),
          here.size() + " readings as of this process",
          there.size());
    }
  }

  private List<LensReading> gridHere() {
    return new LensGridTask(subject).grid();
  }
}
