package io.lexiscope.cli.values;

import io.lexiscope.workbench.values.ValueTask;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Prompts with known values, and where they are looked for.
final class ValueTaskOptions {
  @Option(
      names = "--form",
      paramLabel = "FORM",
      description = "expressions, letters for operands (default: a-(b-c), or a+b)")
  private @Nullable String form;

  @Option(
      names = "--least",
      paramLabel = "N",
      description = "smallest operand (default: 100; 10 where answers are signed)")
  private @Nullable Integer least;

  @Option(
      names = "--greatest",
      paramLabel = "N",
      description = "greatest operand, of as many digits (default: 999, or 99)")
  private @Nullable Integer greatest;

  @Option(
      names = "--given",
      paramLabel = "N",
      description = "characters of the answer that stand in the prompt (default: 0)")
  private @Nullable Integer given;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "a table in place of expressions (CSV): the prompt, then its values, the answer's last")
  private @Nullable Path data;

  @Option(
      names = "--prompts",
      paramLabel = "N",
      description = "how many expressions (default: 1200)")
  private @Nullable Integer prompts;

  @Option(names = "--seed", paramLabel = "S", description = "seed of everything random")
  private @Nullable Long seed;

  @Option(
      names = "--at",
      paramLabel = "HOOK",
      description = "a hook point of blocks (default: hook_resid_post)")
  private @Nullable String at;

  @Nullable String at() {
    return at;
  }

  @Nullable Long seed() {
    return seed;
  }

  ValueTask task() {
    return new ValueTask(
        form, least, greatest, given, data == null ? null : data.toString(), prompts);
  }
}
