package io.lexiscope.cli.terminal;

import io.lexiscope.workbench.job.Progress;
import io.lexiscope.workbench.job.Watcher;
import java.util.Locale;
import java.util.function.LongSupplier;

/// One line on stderr that is redrawn while work goes on; where nobody looks at a terminal, a new
/// line every ten seconds.
final class ProgressLine implements Watcher {
  private static final int WIDTH = 24;
  private static final long BETWEEN = 10_000_000_000L;

  private final Terminal terminal;
  private final boolean silent;
  private final LongSupplier clock;
  private long said;
  private boolean drawn;

  ProgressLine(Terminal terminal, boolean silent) {
    this(terminal, silent, System::nanoTime);
  }

  /// @param clock nanoseconds since some moment
  ProgressLine(Terminal terminal, boolean silent, LongSupplier clock) {
    this.terminal = terminal;
    this.silent = silent;
    this.clock = clock;
    this.said = clock.getAsLong();
  }

  @Override
  public void progress(Progress progress) {
    if (silent) {
      return;
    }
    if (terminal.interactive()) {
      drawn = true;
      terminal.redraw(line(progress));
    } else if (clock.getAsLong() - said >= BETWEEN) {
      said = clock.getAsLong();
      terminal.message(line(progress));
    }
  }

  static String line(Progress progress) {
    Long total = progress.total();
    if (total == null || total <= 0) {
      return progress.done() + " " + progress.unit();
    }
    int filled = (int) (WIDTH * Math.min(progress.done(), total) / total);
    Double eta = progress.etaSeconds();
    return "["
        + "█".repeat(filled)
        + "·".repeat(WIDTH - filled)
        + "] "
        + amount(progress, total)
        + (eta == null ? "" : String.format(Locale.ROOT, ", %.0f s left", eta));
  }

  private static String amount(Progress progress, long total) {
    return progress.unit().equals("bytes")
        ? Text.bytes(progress.done()) + " of " + Text.bytes(total)
        : progress.done() + "/" + total + " " + progress.unit();
  }

  void end() {
    if (drawn) {
      terminal.clearProgress();
    }
  }
}
