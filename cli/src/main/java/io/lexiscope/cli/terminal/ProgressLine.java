package io.lexiscope.cli.terminal;

import io.lexiscope.workbench.job.Progress;
import io.lexiscope.workbench.job.Watcher;
import java.util.Locale;

/// One line on stderr that is redrawn while work goes on.
final class ProgressLine implements Watcher {
  private static final int WIDTH = 24;

  private final Terminal terminal;
  private final boolean silent;
  private boolean drawn;

  ProgressLine(Terminal terminal, boolean silent) {
    this.terminal = terminal;
    this.silent = silent;
  }

  @Override
  public void progress(Progress progress) {
    if (silent) {
      return;
    }
    drawn = true;
    terminal.redraw(line(progress));
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
