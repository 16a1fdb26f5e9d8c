package io.lexiscope.cli;

import picocli.CommandLine.Option;

/// How the result is written.
final class OutputOptions {
  @Option(names = "--json", description = "one JSON document on stdout and nothing else there")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "no progress and no messages")
  private boolean quiet;

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }
}
