package io.lexiscope.cli.terminal;

import io.lexiscope.base.OneLine;
import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a command writes: results to stdout, everything else to stderr.
///
/// @param out results and nothing else
/// @param err messages and progress
/// @param interactive whether a person looks at stderr, so that a progress line can be redrawn
/// @param columns width of the terminal
public record Terminal(PrintStream out, PrintStream err, boolean interactive, int columns) {
  private static final int DEFAULT_COLUMNS = 100;
  private static final String CLEAR_LINE = "\r\u001b[K";

  public static Terminal ofProcess() {
    boolean interactive =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new Terminal(
        ResultStream.ofProcess(),
        System.err,
        interactive,
        CliConfiguration.columns(DEFAULT_COLUMNS));
  }

  /// Lines that another program sends.
  public BufferedReader commands() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  public void print(String text) {
    out.println(text);
    requireWritten();
  }

  /// Writes what is held back, and finds out whether all of it was taken.
  ///
  /// @throws OutputException if it was not
  public void requireWritten() {
    if (out.checkError()) {
      throw new OutputException(out instanceof ResultStream own ? own.failure() : null);
    }
  }

  public void message(String text) {
    err.println(text);
  }

  public void error(String text) {
    err.println("lexiscope: " + OneLine.printable(text));
  }

  public void redraw(String line) {
    if (interactive) {
      err.print(CLEAR_LINE + line);
      err.flush();
    }
  }

  public void clearProgress() {
    if (interactive) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }
}
