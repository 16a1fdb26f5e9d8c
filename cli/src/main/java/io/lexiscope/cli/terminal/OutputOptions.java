package io.lexiscope.cli.terminal;

import picocli.CommandLine.Option;

/// How the result is written.
public final class OutputOptions {
  @Option(names = "--json", description = "one JSON document on stdout and nothing else there")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "no progress and no messages")
  private boolean quiet;

  public boolean json() {
    return json;
  }

  public boolean quiet() {
    return quiet;
  }
}
