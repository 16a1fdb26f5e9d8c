package io.lexiscope.cli.terminal;

import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.job.Cancellation;
import io.lexiscope.workbench.job.Watcher;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A verb: makes a request of its options, has the workbench answer it, and writes the answer.
///
/// @param <R> the result record
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
public abstract class WorkbenchCommand<R extends Record> implements Callable<Integer> {
  @Mixin protected final ModelOptions model = new ModelOptions();
  @Mixin protected final OutputOptions output = new OutputOptions();

  private final CliConfiguration configuration;
  private final Terminal terminal;

  protected WorkbenchCommand(CliConfiguration configuration, Terminal terminal) {
    this.configuration = configuration;
    this.terminal = terminal;
  }

  /// What is asked.
  protected abstract Request<R> request();

  /// What of the answer is shown, after what goes elsewhere was put there.
  protected R shown(R result) {
    return result;
  }

  /// The answer for people.
  protected abstract String text(R result, int columns);

  /// The exit code that an answer stands for.
  protected int exitCode(R result) {
    return 0;
  }

  /// Does what is left to do with an answer before it is written.
  protected void done(R result) {}

  /// Who hears of progress; null for the progress line.
  protected @Nullable Watcher watcher(Terminal to) {
    return null;
  }

  @Override
  public Integer call() {
    Request<R> request = request();
    ProgressLine line = new ProgressLine(terminal, output.quiet() || output.json());
    Watcher own = watcher(terminal);
    try (Workbench workbench = Workbenches.open(configuration, model.threads(), model.kernels())) {
      R result = shown(workbench.answer(request, own == null ? line : own, new Cancellation()));
      line.end();
      done(result);
      terminal.print(
          output.json()
              ? ViewJson.write(result)
              : text(result, terminal.columns()).stripTrailing());
      return exitCode(result);
    }
  }
}
