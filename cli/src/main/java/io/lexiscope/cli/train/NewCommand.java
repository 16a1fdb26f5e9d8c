package io.lexiscope.cli.train;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.train.NewRequest;
import io.lexiscope.workbench.train.NewResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `new`: a model with random weights.
@Command(
    name = "new",
    description =
        "Writes a model with random weights in a known shape, for benchmarks. It has no tokenizer: give prompts as --tokens.")
public final class NewCommand extends WorkbenchCommand<NewResult> {
  @Option(
      names = "--like",
      required = true,
      paramLabel = "SHAPE",
      description =
          "gpt2, gpt2-medium, pythia-70m, pythia-160m, smollm-135m, qwen2.5-0.5b, llama-3.2-1b, or a config.json")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String like;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "folder of the model")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String folder;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of the random numbers (default: 0)")
  private @Nullable Long seed;

  public NewCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<NewResult> request() {
    return new NewRequest(like, folder, seed, model.choice().dtype());
  }

  @Override
  protected String text(NewResult result, int columns) {
    return "%s: %s, %s random %s weights of seed %d, %,d MB"
        .formatted(
            result.written(),
            result.family(),
            Text.count(result.parameters()),
            result.dtype(),
            result.seed(),
            result.bytes() / 1_000_000);
  }
}
