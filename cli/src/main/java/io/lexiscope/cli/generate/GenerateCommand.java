package io.lexiscope.cli.generate;

import io.lexiscope.cli.exit.ExitText;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.LateKeysConverter;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.model.forward.LateKeys;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.generate.GenerateRequest;
import io.lexiscope.workbench.generate.GenerateResult;
import io.lexiscope.workbench.job.GeneratedToken;
import io.lexiscope.workbench.job.Watcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `generate`: continues a prompt.
@Command(name = "generate", description = "Continues a prompt; greedy unless told otherwise.")
public final class GenerateCommand extends WorkbenchCommand<GenerateResult> {
  @Mixin private final PromptOptions prompt = new PromptOptions();

  @Option(
      names = {"-n", "--number"},
      paramLabel = "N",
      description = "tokens to add (default: 20)")
  private @Nullable Integer number;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "draw at random from logits / T; 0 is greedy")
  private @Nullable Double temperature;

  @Option(names = "--top-k", paramLabel = "K", description = "draw among the K likeliest")
  private @Nullable Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "draw among the fewest likeliest with a sum of at least P")
  private @Nullable Double topP;

  @Option(names = "--beams", paramLabel = "N", description = "beam search of this width")
  private @Nullable Integer beams;

  @Option(names = "--seed", paramLabel = "SEED", description = "of the draws (default: 0)")
  private @Nullable Long seed;

  @Option(
      names = "--stop-at-end",
      description = "stop after an end token (default: go on for N tokens)")
  private @Nullable Boolean stopAtEnd;

  @Option(
      names = "--early-exit",
      paramLabel = "RULE",
      description = "leave the network early: confidence:P, or a file that 'exit -o FILE' wrote")
  private @Nullable String earlyExit;

  @Option(
      names = "--late-keys",
      paramLabel = "HOW",
      converter = LateKeysConverter.class,
      description =
          "keys and values of skipped layers: exact (default; the layers run late, together) or copied (from the stream that left)")
  private @Nullable LateKeys lateKeys;

  public GenerateCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<GenerateResult> request() {
    if (number != null && number < 0) {
      throw new UsageException("-n: expected 0 or more tokens, got " + number);
    }
    return new GenerateRequest(
        model.choice(),
        prompt.prompt(),
        number,
        new DecodingOptions(temperature, topK, topP, beams, seed, stopAtEnd, rule(), lateKeys),
        prompt.interventions());
  }

  /// A rule by name, or the text of the file that holds it.
  private @Nullable String rule() {
    return earlyExit == null || !Files.exists(Path.of(earlyExit))
        ? earlyExit
        : PromptOptions.read(Path.of(earlyExit));
  }

  @Override
  protected @Nullable Watcher watcher(Terminal terminal) {
    if (output.json() || output.quiet() || !terminal.interactive()) {
      return null;
    }
    return new Watcher() {
      private final StringBuilder line = new StringBuilder();

      @Override
      public void token(GeneratedToken token) {
        line.append(Text.token(token.text()));
        terminal.redraw(Text.fit(line.toString(), terminal.columns() - 1));
      }
    };
  }

  @Override
  protected String text(GenerateResult result, int columns) {
    return (result.text().isEmpty()
            ? result.generated().stream().map(GeneratedToken::text).reduce("", String::concat)
            : result.text())
        + (output.quiet()
            ? ""
            : String.format(
                    Locale.ROOT,
                    "%n%n%d tokens, %.0f a second",
                    result.generated().size(),
                    result.tokensPerSecond())
                + ExitText.of(result));
  }
}
