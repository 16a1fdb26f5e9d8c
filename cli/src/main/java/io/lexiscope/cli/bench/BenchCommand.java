package io.lexiscope.cli.bench;

import io.lexiscope.bench.Bench;
import io.lexiscope.bench.BenchListener;
import io.lexiscope.bench.BenchResult;
import io.lexiscope.bench.BenchSettings;
import io.lexiscope.bench.PacedBench;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.OutputOptions;
import io.lexiscope.cli.terminal.SwitchConverter;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.Version;
import io.lexiscope.cli.terminal.Workbenches;
import io.lexiscope.hub.find.ModelFinder;
import io.lexiscope.workbench.WorkLimits;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.shelf.Build;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench`: times of whole tasks beside what the machine can do.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Times the tasks that users wait for: medians with intervals, memory, and the share of what this machine can do, measured in the same run. Every result is checked.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:failed, or a result was wrong", "2:wrong usage"})
public final class BenchCommand implements Callable<Integer> {
  private static final String SERVED = "microworld";

  @Option(
      names = "--task",
      split = ",",
      paramLabel = "NAME",
      description = "only this task; may be given several times (default: all)")
  private @Nullable List<String> tasks;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "how often each task is timed (default: " + BenchSettings.STANDARD_ROUNDS + ")")
  private @Nullable Integer rounds;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "the model to run (default: random weights in the shape of gpt2, made for the run)")
  private @Nullable String model;

  @Option(names = "--threads", paramLabel = "N", description = "threads one operation may use")
  private @Nullable Integer threads;

  @Option(
      names = "--kernels",
      arity = "1",
      paramLabel = "on|off",
      converter = SwitchConverter.class,
      description = "whether products may go through the kernels in Java (default: on)")
  private SwitchConverter.@Nullable Switch kernels;

  @Option(
      names = "--paced",
      hidden = true,
      description = "does rounds as lines on standard input say; for bench/compare.sh")
  private boolean paced;

  @Mixin private final OutputOptions output = new OutputOptions();

  private final CliConfiguration configuration;
  private final Terminal terminal;

  public BenchCommand(CliConfiguration configuration, Terminal terminal) {
    this.configuration = configuration;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    int wanted = rounds == null ? BenchSettings.STANDARD_ROUNDS : rounds;
    if (wanted < 1) {
      throw new UsageException("--rounds: expected 1 or more, got " + wanted);
    }
    List<String> named = tasks == null ? List.of() : tasks;
    for (String name : named) {
      if (!Bench.tasks().contains(name)) {
        throw new UsageException(
            "--task: expected one of %s, got %s".formatted(String.join(", ", Bench.tasks()), name));
      }
    }
    WorkLimits standard = WorkLimits.standard();
    try (Workbench workbench =
        Workbenches.open(
            configuration,
            threads,
            kernels == null ? null : kernels == SwitchConverter.Switch.ON,
            standard.keeping(standard.kept().withoutRuns()))) {
      if (paced) {
        PacedBench.run(workbench, settings(wanted), terminal.commands(), terminal::print);
        return 0;
      }
      BenchResult result = Bench.run(workbench, settings(wanted), progress());
      terminal.clearProgress();
      terminal.print(output.json() ? ViewJson.write(result) : BenchText.of(result).stripTrailing());
      return result.failures().isEmpty() ? 0 : 1;
    }
  }

  private BenchSettings settings(int wanted) {
    Path folder =
        model == null
            ? null
            : new ModelFinder(Workbenches.places(configuration)).find(model).folder();
    return new BenchSettings(
        folder,
        new BenchSettings.Places(
            configuration.home().resolve("lexiscope"),
            configuration.page(),
            model == null ? SERVED : model,
            options()),
        tasks == null ? List.of() : tasks,
        wanted,
        new Build(Version.ofCode(), Runtime.version().toString()));
  }

  /// What a fresh process is started with.
  private List<String> options() {
    List<String> options = new java.util.ArrayList<>();
    if (kernels == SwitchConverter.Switch.OFF) {
      options.addAll(List.of("--kernels", "off"));
    }
    if (threads != null) {
      options.addAll(List.of("--threads", threads.toString()));
    }
    return options;
  }

  private BenchListener progress() {
    return (task, done, total) -> {
      if (output.quiet()) {
        return;
      }
      String line = total > 1 ? "%s, round %d of %d".formatted(task, done, total) : task + "…";
      if (terminal.interactive()) {
        terminal.redraw(line);
      } else if (done == 0 || done == total) {
        terminal.message(line);
      }
    };
  }
}
