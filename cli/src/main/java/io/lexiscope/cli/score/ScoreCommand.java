package io.lexiscope.cli.score;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.score.ScoreRequest;
import io.lexiscope.workbench.score.ScoreResult;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `score`: the loss of a text.
@Command(name = "score", description = "The loss of a text or a file, taken in windows.")
public final class ScoreCommand extends WorkbenchCommand<ScoreResult> {
  @Mixin private final PromptOptions prompt = new PromptOptions();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "score the text of a file")
  private @Nullable Path file;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "tokens a pass reads at once (default: the context)")
  private @Nullable Integer window;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description = "tokens a window moves on by (default: half the window)")
  private @Nullable Integer stride;

  public ScoreCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<ScoreResult> request() {
    return new ScoreRequest(
        model.choice(), prompt.prompt(file), window, stride, prompt.interventions());
  }

  @Override
  protected String text(ScoreResult result, int columns) {
    TextTable table = new TextTable("", ">");
    table.row("tokens scored", Text.count(result.scored()));
    table.row("mean loss, nats a token", Text.number(result.meanNats(), 4));
    table.row("perplexity", Text.number(result.perplexity(), 3));
    table.row("bits a byte", Text.number(result.bitsPerByte(), 4));
    return table.toString().stripLeading();
  }
}
