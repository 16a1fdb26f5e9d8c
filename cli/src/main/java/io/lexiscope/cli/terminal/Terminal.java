package io.lexiscope.cli.terminal;

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
        System.out, System.err, interactive, CliConfiguration.columns(DEFAULT_COLUMNS));
  }

  /// Lines that another program sends.
  public BufferedReader commands() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  public void print(String text) {
    out.println(text);
    out.flush();
  }

  public void message(String text) {
    err.println(text);
  }

  public void error(String text) {
    err.println("lexiscope: " + text);
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
