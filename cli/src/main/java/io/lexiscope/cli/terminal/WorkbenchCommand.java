package io.lexiscope.cli.terminal;

import io.lexiscope.base.OneLine;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Cancellation;
import io.lexiscope.workbench.job.Watcher;
import java.time.Duration;
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

  /// What a shell gives a process that was interrupted.
  private static final int INTERRUPTED = 130;

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

  /// How long the process waits for the work when it is told to stop.
  protected Duration patience() {
    return Duration.ZERO;
  }

  /// What is said where the work was stopped.
  protected String stopped() {
    return "stopped";
  }

  @Override
  public Integer call() {
    Request<R> request = request();
    Cancellation cancellation = new Cancellation();
    try (Interruption _ = Interruption.watching(cancellation, patience())) {
      return answer(request, cancellation);
    }
  }

  private int answer(Request<R> request, Cancellation cancellation) {
    ProgressLine line = new ProgressLine(terminal, output.quiet() || output.json());
    Watcher own = watcher(terminal);
    try (Workbench workbench = Workbenches.open(configuration, model.threads(), model.kernels())) {
      R result = shown(workbench.answer(request, own == null ? line : own, cancellation));
      line.end();
      done(result);
      terminal.print(
          output.json()
              ? ViewJson.write(result)
              : Remarks.before(result)
                  + OneLine.printable(text(result, terminal.columns()).stripTrailing()));
      return exitCode(result);
    } catch (WorkbenchException ended) {
      if (ended.kind() != ProblemKind.CANCELLED) {
        throw ended;
      }
      line.end();
      terminal.error(stopped());
      return INTERRUPTED;
    }
  }
}
