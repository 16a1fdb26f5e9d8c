package io.lexiscope.cli.terminal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The word that a reading follows or explains, and the one it is set against.
public final class TargetOptions {
  @Option(
      names = "--target",
      paramLabel = "WORD",
      description = "a word to follow, with its leading space, or # and a token id")
  private @Nullable String target;

  @Option(
      names = "--against",
      paramLabel = "WORD",
      description = "a second word, which the target is set against")
  private @Nullable String against;

  public @Nullable String target() {
    return target;
  }

  public @Nullable String against() {
    return against;
  }
}
