package io.lexiscope.cli.models;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.models.ModelEntry;
import io.lexiscope.workbench.models.PullRequest;
import io.lexiscope.workbench.models.PullResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pull`: fetches a model.
@Command(
    name = "pull",
    description = {
      "Fetches a model from the Hugging Face hub into the cache that Python's tools use too. What has arrived is kept"
          + " when it is interrupted, and every file is checked.",
      "Heeds HF_ENDPOINT, HF_HUB_CACHE, HF_HOME, HF_TOKEN, HF_TOKEN_PATH and HF_HUB_OFFLINE."
    })
public final class PullCommand extends WorkbenchCommand<PullResult> {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "the model, such as org/name or org/name@revision")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String id;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "one GGUF file of the repository (default: the model as a folder)")
  private @Nullable String file;

  @Option(
      names = "--revision",
      paramLabel = "REVISION",
      description = "branch, tag or commit (default: main)")
  private @Nullable String revision;

  public PullCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<PullResult> request() {
    return new PullRequest(id, revision, file);
  }

  @Override
  protected String text(PullResult result, int columns) {
    TextTable table = new TextTable("file", ">size", ">downloaded", "");
    result
        .files()
        .forEach(
            file ->
                table.row(
                    file.name(),
                    Text.bytes(file.bytes()),
                    Text.bytes(file.downloadedBytes()),
                    file.checked() ? "" : "not checked, the hub gave no hash"));
    StringBuilder text = new StringBuilder(table.toString().stripTrailing());
    for (ModelEntry model : result.models()) {
      String problem = model.problem();
      text.append("\n\n")
          .append(model.name())
          .append(" is in ")
          .append(model.path())
          .append(problem == null ? "\nopen it with -m " + model.name() : "\n" + problem);
    }
    return text.toString();
  }
}
