package io.lexiscope.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The word that a reading follows or explains, and the one it is set against.
final class TargetOptions {
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

  @Nullable String target() {
    return target;
  }

  @Nullable String against() {
    return against;
  }
}
