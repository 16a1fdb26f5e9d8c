package io.lexiscope.cli.terminal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The prompts of a study over many, and the seed of their choice.
public final class PromptSetOptions {
  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "text, of which random prefixes of random sentences are taken, or .jsonl with whole"
              + " prompts (default: held-out texts of the model's own task)")
  private @Nullable String data;

  @Option(names = "--seed", paramLabel = "S", description = "seed of everything random")
  private @Nullable Long seed;

  public @Nullable String data() {
    return data;
  }

  public @Nullable Long seed() {
    return seed;
  }
}
